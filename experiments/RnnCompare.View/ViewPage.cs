using System.Net;
using RnnCompare.Experiments.Report;

namespace RnnCompare.View;

/// <summary>The pages of the server that are no run's report.</summary>
internal static class ViewPage
{
    /// <summary>What keeps a served report up to date.</summary>
    public static string LiveScript { get; } = Read("live.js");

    private static readonly string ListScript = Read("list.js") + Read("overlay.js");
    private static readonly string ListBody = Read("list.html");
    private static readonly string Style = Read("view.css");

    /// <summary>The list of runs, with what lays several over one another.</summary>
    public static string List() => Page("Runs – RnnCompare", ListBody, ListScript);

    /// <summary>A page that says in a line why there is nothing to show.</summary>
    public static string Problem(string id, string problem)
    {
        return Page(
            "No report – RnnCompare",
            $"<header><p class=\"brand\"><a href=\"/\">RnnCompare, all runs</a></p><h1>{WebUtility.HtmlEncode(id)}</h1></header><main id=\"main\"><p class=\"problem\">{WebUtility.HtmlEncode(problem)}</p></main>",
            "");
    }

    private static string Page(string title, string body, string script)
    {
        return PageAssets.Fill(new Dictionary<string, string>
        {
            ["title"] = WebUtility.HtmlEncode(title),
            ["scripts"] = " 'self'",
            ["connect"] = "'self'",
            ["style"] = PageAssets.Style + Style,
            ["body"] = body,
            ["charts"] = "[]",
            ["live"] = "null",

            // Asked for once it is needed: reading it takes as long as everything else of the page.
            ["echarts"] = "",
            ["script"] = PageAssets.Script + script,
        });
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ViewPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
