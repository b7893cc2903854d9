/** The core, wired by hand: the one place that constructs. Every host (window, browser, command line) gets the same core. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { composeCosts } from './compose-costs.ts';
import { composePictures, composePrinting, profileOf, transportOf } from './compose-printing.ts';
import { fontFiles } from './fonts.ts';
import { createAttemptsRouter } from '../features/attempts/router.ts';
import { loadDivisions } from '../../common/domain/addresses/load.ts';
import { recentRecipients } from '../features/addresses/recent.ts';
import { createAddressesRepository } from '../features/addresses/repository.ts';
import { createAddressesRouter } from '../features/addresses/router.ts';
import { createAddressesService } from '../features/addresses/service.ts';
import { createAuditService } from '../features/audit/service.ts';
import type { FreightOfAccounts } from '../features/costs/freight-of-accounts.ts';
import { createCostsRouter } from '../features/costs/router.ts';
import { createChanges } from '../features/events/service.ts';
import { createEventsRouter } from '../features/events/router.ts';
import { createFilesRouter } from '../features/files/router.ts';
import { createFilesService } from '../features/files/service.ts';
import { createTables } from '../features/files/tables.ts';
import { measureText } from '../features/items/measure.ts';
import { createItemsRepository } from '../features/items/repository.ts';
import { createItemsRouter } from '../features/items/router.ts';
import { createRulesRepository } from '../features/items/rules.ts';
import { conditionOf } from '../../common/domain/printers/condition.ts';
import { createItemsService } from '../features/items/service.ts';
import type { ItemsService } from '../features/items/service.ts';
import { createBillsRouter } from '../features/freight-bills/router.ts';
import { createOrderFileReader } from '../features/orders/files/reader.ts';
import { askBehind } from '../features/orders/ask-behind.ts';
import { createImportService } from '../features/orders/import-service.ts';
import { createInbox } from '../features/orders/inbox.ts';
import type { ReadFile } from '../features/orders/importer.ts';
import { createKeptReads } from '../features/orders/kept-reads.ts';
import { createManualOrders } from '../features/orders/manual.ts';
import { createOrdersRepository } from '../features/orders/repository.ts';
import { createOrdersRouter } from '../features/orders/router.ts';
import { createOrdersService } from '../features/orders/service.ts';
import { createParcelsRepository } from '../features/parcels/repository.ts';
import { createParcelsRouter } from '../features/parcels/router.ts';
import { createParcelsService } from '../features/parcels/service.ts';
import type { ParcelsService } from '../features/parcels/service.ts';
import { createParcelSync } from '../features/printing/parcel-sync.ts';
import type { ParcelSync } from '../features/printing/parcel-sync.ts';
import { createPrintingRouter } from '../features/printing/router.ts';
import { createSystemRouter } from '../features/system/router.ts';
import { createSampleLoader } from '../features/system/samples.ts';
import { createSystemService } from '../features/system/service.ts';
import { createSetup } from '../features/system/setup.ts';
import { createPrintersRepository } from '../features/printers/repository.ts';
import { createPrintersRouter } from '../features/printers/router.ts';
import { createPrintersService } from '../features/printers/service.ts';
import { besidesTestLabels } from '../features/printers/test-labels.ts';
import { createRoutingRouter } from '../features/routing/router.ts';
import { createSettingsRouter } from '../features/settings/router.ts';
import { createSettingsService } from '../features/settings/service.ts';
import { createShopsRepository } from '../features/shops/repository.ts';
import { createShopsRouter } from '../features/shops/router.ts';
import { createShopsService } from '../features/shops/service.ts';
import { createRealData } from '../features/templates/real-data.ts';
import { createTemplatesRepository } from '../features/templates/repository.ts';
import { createTemplatesRouter } from '../features/templates/router.ts';
import { composeStations } from './compose-stations.ts';
import { createStationsRouter } from '../features/stations/router.ts';
import { createTemplatesService } from '../features/templates/service.ts';
import { assembleNumbers } from '../features/waybills/assemble.ts';
import { createWaybillsRouter } from '../features/waybills/router.ts';
import { createWaybillsService } from '../features/waybills/service.ts';
import { filePlace } from '../features/waybills/witness.ts';
import { openPostgres, openSqlite } from '../database/open.ts';
import { databaseStillAt } from '../database/still-at.ts';
import { createLabelEngine } from '../printing/raster/engine.ts';
import type { LabelEngine } from '../printing/raster/engine.ts';
import type { FontSet } from '../../common/domain/label/fonts/font-set.ts';
import { loadFontSet } from '../printing/raster/fonts.ts';
import { discoverPrinters } from '../printing/setup/discovery.ts';
import { createPrinterHub } from '../printing/spool/hub.ts';
import type { PrinterHub } from '../printing/spool/hub.ts';
import { takeStock } from '../printing/spool/stock.ts';
import { createTransport } from '../printing/transports/index.ts';
import { createIds, createLog, systemClock } from '../platform/node/basics.ts';
import { programFolder } from '../platform/node/folders.ts';
import { machineId, witnessFolder } from '../platform/node/machine.ts';
import { lockDataFolder } from '../platform/node/data-lock.ts';
import type { OrderDraft } from '../../common/domain/orders/types.ts';
import type { PreparedLine } from '../../common/contract/orders.ts';
import type { Actor } from '../features/audit/service.ts';
import { addressText } from '../printing/transports/address.ts';
import type { ParsedAddress } from '../printing/transports/address.ts';
import type { CallContext, Role } from '../transport/implement.ts';

export interface CoreOptions {
  /** Folder of the database, logs, pictures and back-ups of this business. */
  readonly dataFolder: string;
  /** PostgreSQL instead of the file in the data folder. */
  readonly databaseUrl?: string;
  /** Folder of the witness against rollback; never inside the data folder. */
  readonly witnessFolder?: string;
  /** Where log lines go besides the log file. */
  readonly alsoLog?: (line: string) => void;
}

export type Core = Awaited<ReturnType<typeof createCore>>;

/** Opens the data folder and builds every service and the router over them. Errors: DATA_IN_USE and those of opening. */
export async function createCore(options: CoreOptions) {
  const version = (JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8')) as { version: string }).version;
  const clock = systemClock;
  const ids = createIds();
  const log = createLog({ folder: join(options.dataFolder, 'logs'), clock, ...(options.alsoLog && { also: options.alsoLog }) });
  const unlock = await lockDataFolder(options.dataFolder, `pid ${process.pid}, since ${clock.now()}`);
  const database = await open().catch((thrown: unknown) => {
    unlock();
    throw thrown;
  });
  const { db } = database;

  function open() {
    if (options.databaseUrl !== undefined) return openPostgres(options.databaseUrl);
    return openSqlite(join(options.dataFolder, 'packbench.db'), { now: clock.now });
  }

  const changes = createChanges();
  const audit = createAuditService({ db, clock, ids });
  const settings = createSettingsService({ db, clock });
  let operatorNow = (await settings.get()).operator || userInfo().username;
  settings.onChange((next) => (operatorNow = next.operator || userInfo().username));
  const keptReads = createKeptReads<ReadFile>();
  const files = createFilesService({ ids, onDropped: (fileId) => keptReads.drop(fileId) });
  const fileReader = createOrderFileReader();
  const tables = createTables({ files, reader: fileReader });
  const shops = createShopsService({ repository: createShopsRepository(db), clock, ids, audit });

  const witnessAt = options.witnessFolder ?? witnessFolder();
  // What the recovery below changes is compared again once the parcels are there.
  let parcelSync: ParcelSync | undefined;
  let freight: FreightOfAccounts | undefined;
  const numbers = assembleNumbers({
    db,
    clock,
    ids,
    log,
    audit,
    witness: {
      places: [filePlace((lineage) => join(witnessAt, `${lineage}.witness`))],
      machineId: machineId(),
      place: database.dialect === 'sqlite' ? resolve(options.dataFolder) : database.place,
      writer: ids.next('run'),
      shared: database.dialect === 'postgres',
      stillAt: (place, lineage) => databaseStillAt(place, options.dataFolder, lineage),
    },
    parcelChanged: (parcelId) => parcelSync?.parcelChanged(parcelId),
    freight: (accountId, request) => freight?.price(accountId, request),
    attemptChanged: (attemptId) => {
      changes.emit('attempts');
      parcelSync?.attemptChanged(attemptId);
    },
  });
  const { attempts } = numbers;
  const waybills = createWaybillsService({ numbers, audit, clock, log });
  // Nothing is drawn before the ledger was compared with its witness, nothing printed before what was under way is sorted.
  const numbersStart = await waybills.start();
  // What an earlier run left in a queue of the system is taken out or followed to its end before anything is sent.
  const printersRepository = createPrintersRepository(db);
  const doubtful = (await Promise.all((['sending', 'uncertain'] as const).map((state) => attempts.list({ state, limit: 1000 })))).flat().map((attempt) => attempt.id);
  const stock =
    doubtful.length === 0
      ? undefined
      : await takeStock({
          printers: await printersRepository.list(true),
          transportFor: (address) => createTransport(address),
          unsettled: async (names) => new Set(names.filter((name) => doubtful.includes(name))),
          log,
        });
  const recovered = await attempts.recover(stock?.attemptIds);
  const queuesSettled = stock?.settle(attempts.sink);
  log.info('numbers.start', { incarnation: numbersStart.incarnation, seq: numbersStart.seq, copy: numbersStart.copy?.reason, broken: numbersStart.broken?.what, ...recovered });

  /** Void numbers whose date has come give their unit back to the account; looked at now and a few times a day. */
  async function returnDueUnits(): Promise<void> {
    try {
      const returned = await waybills.life.recycle({ operator: 'packbench', station: { id: '' } });
      if (returned > 0) changes.emit('waybills');
    } catch (thrown) {
      log.error('numbers.recycle', { error: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }
  if (numbersStart.broken === undefined) await returnDueUnits();
  const returning = setInterval(() => void returnDueUnits(), 6 * 3_600_000).unref();

  const items = createItemsService({
    repository: createItemsRepository(db),
    rules: createRulesRepository(db),
    clock,
    ids,
    audit,
    templates: async () => {
      const live = (await templates.list({ archived: false })).filter((one) => one.versionId !== null);
      return Promise.all(live.map(async ({ id, name }) => ({ id, name, document: (await templates.resolve(id)).document })));
    },
    measure: (text, size) => measureText(fonts(), text, size),
  });
  const addresses = createAddressesService({
    repository: createAddressesRepository(db),
    shops,
    divisions: loadDivisions,
    clock,
    ids,
    audit,
    accounts: async () => (await waybills.reports.accounts()).map(({ id, name }) => ({ id, name })),
    recipients: async ({ search, limit }) => recentRecipients(await orders.list({ ...(search !== '' && { search }), sort: 'newest', limit }), limit),
  });
  const ordersRepository = createOrdersRepository(db);
  const indexed = await ordersRepository.refillIndex();
  if (indexed > 0) log.info('orders.index', { orders: indexed });
  const promiseHours = async (): Promise<number> => (await settings.get()).parcels.promiseHours;
  const orders = createOrdersService({ repository: ordersRepository, audit, clock, ids, changes, parcelsOf: (orderId) => parcels.ofOrder(orderId), parcelMarks: (own) => parcels.marks(own), carrierRules: { stamp: () => parcels.carrierStamp(), ask: (own) => parcels.askCarriers(own) } });
  const parcels: ParcelsService = createParcelsService({
    repository: createParcelsRepository(db),
    orders,
    settings,
    audit,
    clock,
    ids,
    changes,
    divisions: loadDivisions,
    nameLines: async (shopId, lines) => (await items.labelLines(shopId, lines.map((line) => ({ title: line.title, platformId: line.itemId, itemCode: line.itemCode, sku: line.spec, skuCode: line.skuCode, quantity: 0, barcode: '' })))).map(({ shortName }) => shortName),
    weightsStamp: () => items.weightsStamp(),
    weighLines: (shopId, lines) => items.weights(shopId, lines.map((line) => ({ title: line.title, platformId: line.itemId, itemCode: line.itemCode, skuCode: line.skuCode }))),
  });
  const carrierAnswers = askBehind({ ask: orders.askCarriers, changes, log });
  /** New orders, from a file or by hand: their goods are remembered, what goes to one recipient is merged when that is switched on. */
  async function broughtIn(shopId: string, brought: readonly OrderDraft[]): Promise<void> {
    const seen = brought.flatMap((order) => order.lines);
    await items.learn(shopId, seen.map((line) => ({ title: line.title, platformId: line.itemId, itemCode: line.itemCode, spec: line.spec, skuCode: line.skuCode, barcode: '' })));
    changes.emit('items');
    await parcels.autoMerge([shopId]);
    changes.emit('orders', 'parcels');
  }
  const imports = createImportService({
    repository: ordersRepository,
    reader: fileReader,
    kept: keptReads,
    shops,
    audit,
    clock,
    ids,
    log,
    promiseHours,
    changes,
    onImported: broughtIn,
  });
  const manual = createManualOrders({ repository: ordersRepository, shops, audit, clock, ids, promiseHours, detail: (orderId) => orders.get(orderId), onCreated: broughtIn });
  parcelSync = createParcelSync({ facts: numbers.parcelFacts, parcels, log });
  await parcelSync.recover(clock.now());
  const inbox = createInbox({ folder: join(options.dataFolder, 'inbox'), imports, shops, settings, clock, log });
  inbox.start();

  // Fonts are read when the first label is drawn: the first page of orders does not wait for them.
  let labelEngine: LabelEngine | undefined;
  let fontSet: FontSet | undefined;
  const fonts = (): FontSet => (fontSet ??= loadFontSet());
  const engine = (): LabelEngine => (labelEngine ??= createLabelEngine({ fonts: fonts() }));
  const pictures = composePictures(options.dataFolder);
  const hub: PrinterHub = createPrinterHub({
    resolve: (printerId) => printers.get(printerId),
    transportFor: (address, { profile }) => transportOf(address, profile, pictures),
    sink: besidesTestLabels(attempts.sink),
    ...(queuesSettled === undefined ? {} : { queuesSettled }),
    clock,
    log,
  });
  const printers = createPrintersService({
    repository: printersRepository,
    hub: () => hub,
    engine: { render: (...label) => engine().render(...label) },
    discover: () => discoverPrinters(),
    transportFor: (address) => createTransport(address),
    changes,
    clock,
    ids,
    audit,
  });

  // Templates are looked at with what the main job would print, and the main job prints templates.
  const realData = createRealData({
    orders: (query) => orders.list(query),
    parcels: (orderIds) => printing.foreseen(orderIds),
    parcelsById: (parcelIds) => printing.parcelsById(parcelIds),
    labelOf: (...label) => printing.labelOf(...label),
  });
  const templates = createTemplatesService({
    repository: createTemplatesRepository(db),
    engine: { render: (...label) => engine().render(...label), check: (...label) => engine().check(...label) },
    clock,
    ids,
    audit,
    changes,
    sendTest: (printerId, document, data) => printers.printSample(printerId, document, data),
    realData: realData.forPage,
    parcelsOfTheDay: realData.forProof,
    testData: realData.forTest,
  });

  const { costs, bills, routing, freight: freightNow } = await composeCosts({ db, orders, parcels, shops, waybills, files, clock, ids, log, audit, changes });
  freight = freightNow;

  const { printing, slips }: ReturnType<typeof composePrinting> = composePrinting({
    engine,
    sources: {
      parcels,
      labelLines: (shopId, lines) => items.labelItems(shopId, lines.map(orderedLine)),
      sender: (shopId, accountId) => addresses.sender(shopId, null, accountId),
      returnTo: (shopId, accountId) => addresses.returnAddress(shopId, accountId),
      shops,
      printers,
      templates,
      settings,
      numbers: { products: waybills.draw.products, productsOf: waybills.productsOf, offers: waybills.draw.offers },
    },
    pictures,
    hub,
    draw: waybills.draw,
    numbersLeft: async (shopIds) => (await Promise.all(shopIds.map((shopId) => waybills.remaining(shopId)))).reduce((sum, left) => sum + left.remaining, 0),
    attempts,
    clock,
    ids,
    log,
    changes,
  });
  const { stations, handOver } = composeStations({ db, attempts, parcels, orders, items, orderedLine, waybills, shops, slips, audit, clock, ids });
  const setup = createSetup({ shops, addresses, numbers, pools: async () => (await waybills.reports.pools()).map(({ id, name, ownerShopId }) => ({ id, name, ownerShopId })) });

  const system = createSystemService({
    version,
    settings,
    printing,
    printers: async () =>
      (await printers.list({ archived: false })).map((printer) => ({
        id: printer.id,
        name: printer.name,
        condition: conditionOf(printer, printer.state),
      })),
    numbers: async () => {
      const { free, daysLeft, uncertain } = await waybills.status();
      return { left: free, daysLeft, unknown: uncertain };
    },
    isEmpty: async () => (await shops.list({ archived: true })).length === 0,
  });
  const samples = createSampleLoader({
    folder: join(programFolder(), 'assets', 'samples'),
    clock,
    setup,
    settings,
    changes,
    importOrders: (shopId, given, actor) => imports.importFiles({ files: given, shopId, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, actor),
    addVirtualPrinter: (actor) => ensurePrinter({ address: { kind: 'virtual', directory: join(resolve(options.dataFolder), 'virtual-printer') }, options: {} }, actor, '虚拟打印机'),
  });

  /** The printer of an address, set up with a generic profile when there is none yet. */
  async function ensurePrinter({ address, options: wanted }: ParsedAddress, actor: Actor, name = addressText(address)): Promise<{ id: string }> {
    const known = (await printers.list({ archived: false })).find((printer) => addressText(printer.address) === addressText(address));
    if (known !== undefined) return known;
    return printers.create({ name, address, profile: profileOf(wanted) }, actor);
  }

  const router = {
    addresses: createAddressesRouter(addresses, changes),
    attempts: createAttemptsRouter(attempts, changes),
    bills: createBillsRouter(bills),
    costs: createCostsRouter(costs),
    events: createEventsRouter(changes),
    files: createFilesRouter(files, tables),
    items: createItemsRouter(items, changes),
    orders: createOrdersRouter({ orders, imports, manual, files, inbox }),
    parcels: createParcelsRouter(parcels),
    printers: createPrintersRouter(printers),
    printing: createPrintingRouter(printing, slips),
    routing: createRoutingRouter(routing),
    settings: createSettingsRouter(settings, changes),
    shops: createShopsRouter(shops, changes),
    stations: createStationsRouter(stations, handOver, changes),
    system: createSystemRouter(system, samples, settings),
    templates: createTemplatesRouter(templates),
    waybills: createWaybillsRouter(waybills, changes, files),
  };

  /** The context of one door: who is at it and with which rights; `page` tells windows of one station apart. */
  function contextFor(station: { id: string; name: string }, role: Role, operator: string, page = ''): CallContext {
    return {
      station,
      role,
      page,
      // The name set on the settings page counts from the next call on, also for a socket that is open already.
      get operator() {
        return operator || operatorNow;
      },
      log,
      newLogId: () => ids.next('log'),
    };
  }

  return {
    router,
    services: { addresses, attempts, audit, bills, changes, costs, ensurePrinter, files, imports, items, manual, orders, parcels, printers, printing, routing, settings, setup, shops, slips, stations, handOver, system, templates, waybills },
    version,
    fontFiles: fontFiles(),
    log,
    clock,
    ids,
    database,
    contextFor,
    /** Makes the first label and the first order file as fast as the next, at a quiet moment after the first page: see `LabelEngine.warm`. */
    warm(dpi: number): Promise<void> {
      fileReader.warm();
      return engine().warm(dpi);
    },
    async close(): Promise<void> {
      clearInterval(returning);
      await hub.close();
      await inbox.stop();
      await fileReader.close();
      await carrierAnswers.stop();
      await parcelSync?.close();
      await waybills.close();
      await database.close();
      unlock();
    },
  };
}

/**
 * A line of an order as its label shows it. Where the file gave no quantity (several goods in one cell), the label says so: a made-up
 * ×1 is what makes a packer send one sock.
 */
function orderedLine(line: Pick<PreparedLine, 'title' | 'spec' | 'itemId' | 'itemCode' | 'skuCode' | 'quantity'>): Parameters<ItemsService['labelItems']>[1][number] {
  const sku = line.quantity === null ? `${line.spec} 数量?`.trim() : line.spec;
  return { title: line.title, platformId: line.itemId, itemCode: line.itemCode, sku, skuCode: line.skuCode, quantity: line.quantity ?? 0, barcode: '' };
}
