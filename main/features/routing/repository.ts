import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { exportColumnSchema, resultColumnsSchema } from '../../../common/contract/routing.ts';
import type { Shipment, Warehouse } from '../../../common/contract/routing.ts';
import { routingConditionsSchema } from '../../../common/domain/costs/routing.ts';
import type { RoutingRule } from '../../../common/domain/costs/routing.ts';
import type { Database } from '../../database/tables.ts';
import type { CloudShipmentTable } from '../../database/tables/costs.ts';

export type RoutingRepository = ReturnType<typeof createRoutingRepository>;

const columnsSchema = z.array(exportColumnSchema);
const codesSchema = z.array(z.string());
/** Stays below the parameter limit of both databases. */
const chunk = 400;

/** The only SQL of routing. */
export function createRoutingRepository(db: Kysely<Database>) {
  return {
    async warehouses(): Promise<Warehouse[]> {
      const rows = await db.selectFrom('warehouses').selectAll().orderBy('name').execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        scenarioId: row.scenario_id,
        quoteId: row.quote_id,
        columns: columnsSchema.parse(JSON.parse(row.columns)),
        resultColumns: resultColumnsSchema.parse(JSON.parse(row.result_columns)),
        stockCodes: codesSchema.parse(JSON.parse(row.stock_codes)),
        archived: row.archived_at !== null,
      }));
    },
    async saveWarehouse(warehouse: Warehouse, now: string): Promise<void> {
      const fields = {
        name: warehouse.name,
        scenario_id: warehouse.scenarioId,
        quote_id: warehouse.quoteId,
        columns: JSON.stringify(warehouse.columns),
        result_columns: JSON.stringify(warehouse.resultColumns),
        stock_codes: JSON.stringify(warehouse.stockCodes),
        archived_at: warehouse.archived ? now : null,
      };
      await db.insertInto('warehouses').values({ id: warehouse.id, ...fields }).onConflict((conflict) => conflict.column('id').doUpdateSet(fields)).execute();
    },

    async rules(): Promise<RoutingRule[]> {
      const rows = await db.selectFrom('routing_rules').selectAll().orderBy('position').execute();
      return rows.map((row) => ({ id: row.id, name: row.name, warehouseId: row.warehouse_id, conditions: routingConditionsSchema.parse(JSON.parse(row.conditions)), enabled: row.enabled === 1 }));
    },
    async saveRules(rules: readonly RoutingRule[]): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('routing_rules').execute();
        for (const [position, rule] of rules.entries()) {
          await transaction
            .insertInto('routing_rules')
            .values({ id: rule.id, position, name: rule.name, warehouse_id: rule.warehouseId, conditions: JSON.stringify(rule.conditions), enabled: rule.enabled ? 1 : 0 })
            .execute();
        }
      });
    },

    async shipments(query: { warehouseId?: string; state?: Shipment['state']; ids?: readonly string[]; from?: string; to?: string; limit: number }): Promise<Shipment[]> {
      let select = db.selectFrom('cloud_shipments').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(query.limit);
      if (query.warehouseId !== undefined) select = select.where('warehouse_id', '=', query.warehouseId);
      if (query.state !== undefined) select = select.where('state', '=', query.state);
      if (query.ids !== undefined) select = select.where('id', 'in', query.ids.length === 0 ? [''] : [...query.ids]);
      if (query.from !== undefined) select = select.where('acknowledged_at', '>=', query.from);
      if (query.to !== undefined) select = select.where('acknowledged_at', '<', query.to);
      return (await select.execute()).map(fromRow);
    },
    /** Live shipments of these parcels. */
    async liveOf(parcelIds: readonly string[]): Promise<Shipment[]> {
      const found: Shipment[] = [];
      for (let at = 0; at < parcelIds.length; at += chunk) {
        const rows = await db.selectFrom('cloud_shipments').selectAll().where('parcel_id', 'in', parcelIds.slice(at, at + chunk)).where('state', '<>', 'released').execute();
        found.push(...rows.map(fromRow));
      }
      return found;
    },
    async insert(shipment: Shipment): Promise<void> {
      await db.insertInto('cloud_shipments').values(toRow(shipment)).execute();
    },
    /** Moves a shipment on, only from the state it is believed to be in; false when it was not there any more. */
    async move(shipment: Shipment, from: readonly Shipment['state'][]): Promise<boolean> {
      const { id, ...fields } = toRow(shipment);
      const result = await db.updateTable('cloud_shipments').set(fields).where('id', '=', id).where('state', 'in', [...from]).executeTakeFirst();
      return Number(result.numUpdatedRows) === 1;
    },
  };
}

function toRow(shipment: Shipment): Selectable<CloudShipmentTable> {
  return {
    id: shipment.id, parcel_id: shipment.parcelId, warehouse_id: shipment.warehouseId, order_ids: JSON.stringify(shipment.orderIds), reference: shipment.reference, state: shipment.state,
    reason: shipment.reason, province: shipment.province, city: shipment.city, grams: shipment.grams, items: shipment.items, expected_fen: shipment.expectedFen, own_fen: shipment.ownFen,
    waybill: shipment.waybill, carrier: shipment.carrier, charged_grams: shipment.chargedGrams, charged_fen: shipment.chargedFen, created_at: shipment.createdAt, exported_at: shipment.exportedAt,
    acknowledged_at: shipment.acknowledgedAt,
  };
}

function fromRow(row: Selectable<CloudShipmentTable>): Shipment {
  return {
    id: row.id, parcelId: row.parcel_id, warehouseId: row.warehouse_id, orderIds: codesSchema.parse(JSON.parse(row.order_ids)), reference: row.reference, state: row.state as Shipment['state'],
    reason: row.reason, province: row.province, city: row.city, grams: row.grams, items: row.items, expectedFen: row.expected_fen, ownFen: row.own_fen, waybill: row.waybill, carrier: row.carrier,
    chargedGrams: row.charged_grams, chargedFen: row.charged_fen, createdAt: row.created_at, exportedAt: row.exported_at, acknowledgedAt: row.acknowledged_at,
  };
}
