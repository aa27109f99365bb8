"""The register as a spreadsheet: one set of columns for the template, the export and the import."""
