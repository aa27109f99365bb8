// Rules of the styles.
export default {
  extends: "stylelint-config-standard",
  reportNeedlessDisables: true,
  rules: {
    // The letters of the house: rules stand close, a file says its layer once.
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "rule-empty-line-before": null,
    // Layers and the order of the files decide, not where in a file a component stands.
    "no-descending-specificity": null,
    // A class may carry the code of a state: .ms-not_done.
    "selector-class-pattern": "^[a-z][a-z0-9]*(?:(?:-|_{1,2})[a-z0-9]+)*$",
    "import-notation": "string",
    // Without it Safari on a phone that lies on its side swells the letters.
    "property-no-vendor-prefix": [true, { ignoreProperties: ["-webkit-text-size-adjust"] }],
    "value-keyword-case": ["lower", { ignoreKeywords: ["Roboto", "Arial"] }],
    // Colours are named once, as tokens.
    "color-named": "never",
    "declaration-no-important": true,
    "selector-max-id": 0,
  },
};
