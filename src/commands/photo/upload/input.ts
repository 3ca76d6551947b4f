export interface UploadInput {
  path: string[];
  event?: string;
  post?: string;
  captions?: string;
  jobs?: string;
  limitRate?: string;
  watch?: string;
  recursive?: boolean;
  rehash?: boolean;
  yes?: boolean;
  progress?: string;
  dryRun?: boolean;
}
