/** One page, one job. The order is that of the rail and of the keys Ctrl+1 … Ctrl+0. */
import {
  AppstoreOutlined,
  BarChartOutlined,
  CalculatorOutlined,
  ContactsOutlined,
  FileTextOutlined,
  HistoryOutlined,
  NumberOutlined,
  ScanOutlined,
  SettingOutlined,
  TagsOutlined,
} from '@ant-design/icons';
import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';

export interface PageEntry {
  readonly path: string;
  /** Key of the title in the texts of the frame. */
  readonly title: 'orders' | 'scan' | 'log' | 'numbers' | 'templates' | 'items' | 'addresses' | 'costs' | 'reports' | 'settings' | 'uncertain';
  readonly icon: ComponentType;
  /** Left out of the rail; reached from another place. */
  readonly hidden?: boolean;
  readonly Page: LazyExoticComponent<ComponentType>;
}

const icons = {
  orders: FileTextOutlined,
  scan: ScanOutlined,
  log: HistoryOutlined,
  numbers: NumberOutlined,
  templates: AppstoreOutlined,
  items: TagsOutlined,
  addresses: ContactsOutlined,
  costs: CalculatorOutlined,
  reports: BarChartOutlined,
  settings: SettingOutlined,
} as const;

export const pages: readonly PageEntry[] = [
  { path: '/orders', title: 'orders', icon: icons.orders, Page: lazy(() => import('../features/orders/OrdersPage.tsx')) },
  { path: '/scan', title: 'scan', icon: icons.scan, Page: lazy(() => import('../features/station/StationPage.tsx')) },
  { path: '/log', title: 'log', icon: icons.log, Page: lazy(() => import('../features/log/LogPage.tsx')) },
  { path: '/numbers', title: 'numbers', icon: icons.numbers, Page: lazy(() => import('../features/pools/NumbersPage.tsx')) },
  { path: '/uncertain', title: 'uncertain', icon: icons.numbers, hidden: true, Page: lazy(() => import('../features/uncertain/UncertainPage.tsx')) },
  { path: '/templates', title: 'templates', icon: icons.templates, Page: lazy(() => import('../features/templates/TemplatesPage.tsx')) },
  { path: '/templates/:id', title: 'templates', icon: icons.templates, hidden: true, Page: lazy(() => import('../features/templates/DesignerPage.tsx')) },
  { path: '/items', title: 'items', icon: icons.items, Page: lazy(() => import('../features/items/ItemsPage.tsx')) },
  { path: '/addresses', title: 'addresses', icon: icons.addresses, Page: lazy(() => import('../features/addresses/AddressesPage.tsx')) },
  { path: '/costs', title: 'costs', icon: icons.costs, Page: lazy(() => import('../features/costs/CostsPage.tsx')) },
  { path: '/settings', title: 'settings', icon: icons.settings, Page: lazy(() => import('../features/settings/SettingsPage.tsx')) },
];
