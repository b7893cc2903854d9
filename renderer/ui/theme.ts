/** Paper and ink: the character of the product as Ant Design tokens. */
import { theme as antTheme } from 'antd';
import type { ThemeConfig } from 'antd';

const fontFamily = '"Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

/** Motion tells something or is off; Ant Design waits for the end of its own, so it must be told and not be styled away. */
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

const shared = {
  motion: !calm,
  fontFamily,
  fontSize: 14,
  borderRadius: 4,
  colorPrimary: '#d9480f',
  colorInfo: '#1c6fb8',
  colorSuccess: '#2b8a3e',
  colorWarning: '#b86e00',
  colorError: '#c92a2a',
  motionDurationSlow: '0.15s',
  motionDurationMid: '0.12s',
  motionDurationFast: '0.08s',
} as const;

/** White words on the tape orange itself reach only 4.2:1, on its night shade less. */
const filledButton = { colorPrimary: '#c2410c', colorPrimaryHover: '#b23a0c', colorPrimaryActive: '#9a3412' } as const;

export const lightTheme: ThemeConfig = {
  algorithm: [antTheme.defaultAlgorithm, antTheme.compactAlgorithm],
  token: {
    ...shared,
    colorBgLayout: '#faf9f6',
    colorBgContainer: '#ffffff',
    colorText: '#1f1d1a',
    colorTextSecondary: '#5f5a52',
    colorTextTertiary: '#6e685f',
    colorTextPlaceholder: '#767066',
    colorBorder: '#d6d1c6',
    colorBorderSecondary: '#e7e4dc',
    colorLink: '#b03a0a',
  },
  components: { Button: filledButton, Tabs: { itemSelectedColor: '#b93c0a', itemHoverColor: '#b93c0a', itemActiveColor: '#9a3412' }, Table: { headerBg: '#f4f1ea', rowHoverBg: '#fdf3ec' }, Layout: { headerBg: '#ffffff', siderBg: '#1f1d1a' } },
};

export const darkTheme: ThemeConfig = {
  algorithm: [antTheme.darkAlgorithm, antTheme.compactAlgorithm],
  token: { ...shared, colorPrimary: '#ff7a3d', colorBgLayout: '#171614', colorBgContainer: '#211f1c', colorText: '#f1ede4', colorTextTertiary: '#a39b8d', colorTextPlaceholder: '#a39b8d', colorLink: '#ff9f6e' },
  // What a pointed-at button is written and framed in; the darker orange of filled ones cannot be read on the night's black.
  components: { Button: { ...filledButton, defaultHoverColor: '#ff9f6e', defaultHoverBorderColor: '#ff7a3d', defaultActiveColor: '#ffb48c', defaultActiveBorderColor: '#ff9f6e' }, Dropdown: { colorError: '#ff8787', colorTextDescription: '#b9b2a5' } },
};
