/** Rows of templates, their versions and drafts. */

export interface TemplateTable {
  id: string;
  name: string;
  purpose: string;
  /** JSON of TemplateScope. */
  scope: string;
  width: number;
  height: number;
  continuous: number;
  current_version_id: string | null;
  archived_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface TemplateVersionTable {
  id: string;
  template_id: string;
  number: number;
  name: string;
  document: string;
  sha256: string;
  note: string;
  operator: string;
  station_id: string;
  published_at: string;
  rolled_back_to: number | null;
}

export interface TemplateDraftTable {
  template_id: string;
  document: string;
  rev: number;
  saved_at: string;
  /** Editor that holds the draft; null when nobody edits. */
  editor: string | null;
  operator: string;
  station: string;
  held_since: string | null;
  held_until: string | null;
}
