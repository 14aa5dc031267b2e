/* Texts have at least 4.5 of contrast, marks that carry meaning at least 3. Colours stand beside
 * each class, not in variables, which some readers of SVG do not know; those for dark screens come
 * after, and paper has the light ones. */
#include "tools/draw/svg_style.h"

const char svg_style[] =
    ".fig{font:12px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\","
    "Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums;"
    "print-color-adjust:exact;-webkit-print-color-adjust:exact}\n"
    ".bg{fill:#fff}\n"
    "text{fill:#505a64}\n"
    ".hi{fill:#171b20}\n"
    ".b{font-weight:600}\n"
    ".e{text-anchor:end}\n"
    ".m{text-anchor:middle}\n"
    ".halo{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round;font-weight:600}\n"
    ".node{fill:#171b20}\n"
    ".hatch{stroke:#7a848e;stroke-width:1}\n"
    ".r-new{fill:#d3e2f1}\n"
    ".r-on{fill:#17538f;opacity:.42}\n"
    ".r-stay{fill:#c3ccd4;opacity:.75}\n"
    ".r-back{fill:none;stroke:#7a848e;stroke-dasharray:3 2}\n"
    ".r-gone{fill:none;stroke:#7a848e}\n"
    ".r-won{fill:#17538f}\n"
    ".r-lost{fill:url(#hatch)}\n"
    "@media screen and (prefers-color-scheme:dark){\n"
    ".bg{fill:#14171a}\n"
    "text{fill:#a6b0ba}\n"
    ".hi{fill:#e8ebee}\n"
    ".halo{stroke:#14171a}\n"
    ".node{fill:#e8ebee}\n"
    ".hatch{stroke:#7e8993}\n"
    ".r-new{fill:#213a54}\n"
    ".r-on,.r-won{fill:#7fb8f0}\n"
    ".r-stay{fill:#4a545d}\n"
    ".r-back,.r-gone{stroke:#7e8993}\n"
    "}\n";

const char svg_patterns[] =
    "<defs><pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V5\"/></pattern></defs>\n";
