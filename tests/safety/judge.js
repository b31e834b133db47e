// What of a document runs, loads or leads away, as the browser itself reads it.
(root) => {
  const found = [];
  const told = (node, why) => found.push(`${why}: ${node.outerHTML.slice(0, 120)}`);
  const leading = ["href", "src", "action", "formaction", "data", "poster", "cite", "background", "xlink:href", "srcset",
    "ping", "manifest", "longdesc", "attributionsrc"];
  const own = [location.origin, "http://testserver"];
  for (const node of root.querySelectorAll("*")) {
    const tag = node.localName;
    if (["iframe", "object", "embed", "applet", "base", "portal", "frame", "frameset", "fencedframe", "math", "style",
      "template", "plaintext", "xmp", "noembed", "marquee", "param", "track", "audio", "video", "dialog"].includes(tag)) told(node, tag);
    if (tag === "script" && !node.getAttribute("src") && node.type !== "application/json") told(node, "inline script");
    if (tag === "script" && node.src && !own.includes(new URL(node.src, "http://testserver").origin)) told(node, "foreign script");
    if (tag === "meta" && ["refresh", "set-cookie"].includes((node.httpEquiv || "").toLowerCase())) told(node, "meta");
    for (const { name, value } of node.attributes) {
      if (/^on/i.test(name) || name === "style" || name === "srcdoc") told(node, name);
      if (!leading.includes(name.toLowerCase())) continue;
      let address;
      try { address = new URL(value, "http://testserver/x/"); } catch { told(node, `broken ${name}`); continue; }
      if (!["http:", "https:", "mailto:"].includes(address.protocol)) told(node, address.protocol);
      else if (name !== "href" && name !== "cite" && !own.includes(address.origin)) told(node, `foreign ${name}`);
      else if (tag === "link" && node.rel !== "canonical" && node.rel !== "alternate" && !own.includes(address.origin)) told(node, "foreign link");
    }
  }
  return found;
}
