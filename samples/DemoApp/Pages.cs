namespace DemoApp;

/// <summary>GET / for people, GET /version for programs.</summary>
internal static class Pages
{
    public static void MapPages(this WebApplication app, string version)
    {
        string page = Page.Replace("{{version}}", System.Net.WebUtility.HtmlEncode(version), StringComparison.Ordinal);
        app.MapGet("/", () => Results.Content(page, "text/html; charset=utf-8"));
        app.MapGet("/version", () => Results.Text(version));
    }

    private const string Page = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{{version}}</title>
        <style>
          body { margin: 0; min-height: 100vh; display: grid; place-content: center; text-align: center; gap: 1rem;
                 font: 1.1rem system-ui, sans-serif; color: white; background: hsl(var(--hue, 210) 55% 38%); transition: background .4s }
          h1 { font-size: 7rem; margin: 0 }
          p { margin: 0; opacity: .85 }
          #trail { display: flex; gap: 4px; justify-content: center; min-height: 14px }
          #trail i { width: 12px; height: 12px; border-radius: 50%; border: 1px solid #fff8 }
        </style>
        <h1 id="version">{{version}}</h1>
        <p>This page asks <code>/version</code> four times a second. It never reloads.</p>
        <div id="trail"></div>
        <p><span id="answers">0</span> answers, <span id="lost">0</span> lost</p>
        <script>
          const show = id => document.getElementById(id);
          const known = { v1: 210, v2: 150, v3: 280, v4: 20 };
          const hue = v => known[v] ?? [...v].reduce((h, c) => (h * 31 + c.charCodeAt(0)) % 360, 7);
          let answers = 0, lost = 0;
          function paint(v) {
            show("version").textContent = document.title = v;
            document.body.style.setProperty("--hue", hue(v));
          }
          function dot(colour) {
            const trail = show("trail"), mark = document.createElement("i");
            mark.style.background = colour;
            trail.append(mark);
            if (trail.children.length > 24) trail.firstChild.remove();
          }
          async function poll() {
            try {
              const answer = await fetch("/version", { cache: "no-store" });
              if (!answer.ok) throw answer.status;
              const v = await answer.text();
              paint(v);
              dot(`hsl(${hue(v)} 80% 65%)`);
              show("answers").textContent = ++answers;
            } catch {
              dot("red");
              show("lost").textContent = ++lost;
            }
          }
          paint(show("version").textContent);
          setInterval(poll, 250);
        </script>
        </html>
        """;
}
