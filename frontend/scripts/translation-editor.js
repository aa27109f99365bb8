// Words that the translation editor of the package has fixed in its script: said in the language
// of the admin. The data attributes of this script's own element hold them.
const words = document.currentScript.dataset;
const HEADING = /^(.+) to (.+) translation$/;

function translate(node) {
  const text = node.nodeValue.trim();
  if (text === "More actions") node.nodeValue = words.more;
  // The package glues the name of the language to the verb.
  const verb = (window.gettext?.("Publish in ") ?? "Publish in ").trim();
  if (text !== verb && text.startsWith(verb))
    {node.nodeValue = words.publish.replace("%(language)s", text.slice(verb.length).trim());}
  const said = HEADING.exec(text);
  if (said) node.nodeValue = `${said[1]} → ${said[2]}`;
}

function walk(root) {
  if (root.nodeType === Node.TEXT_NODE) {
    translate(root);
    return;
  }
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) translate(texts.currentNode);
}

function watch() {
  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;
  walk(editor);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") translate(change.target);
      change.addedNodes.forEach(walk);
    }
  }).observe(editor, { childList: true, subtree: true, characterData: true });
}

// The words stand in the head of the page, before the editor.
document.addEventListener("DOMContentLoaded", watch);
