using System.Net;
using System.Text;
using System.Text.Json;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Report.Sections;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report;

/// <summary>A run's report as one HTML file that needs nothing else: data, style, script and chart library stand in it.</summary>
public static class ReportPage
{
    private const int RowsOfOpenTable = 40;

    /// <summary>The page of a run.</summary>
    /// <param name="run">What the run's folder says.</param>
    /// <param name="served">What a served page has besides; null for a page in a file, which asks nobody.</param>
    public static string Write(RecordedRun run, ServedPage? served = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var sections = ReportSections.Of(run);
        return PageAssets.Fill(new Dictionary<string, string>
        {
            ["title"] = Escaped($"{run.Name} – RnnCompare"),
            ["scripts"] = "",
            ["connect"] = served is null ? "'none'" : "'self'",
            ["style"] = PageAssets.Style,
            ["body"] = Body(run, sections, served is not null),
            ["charts"] = ChartJson.Write(sections.SelectMany(section => section.Charts)),
            ["live"] = JsonSerializer.Serialize(served?.LiveAddress),
            ["echarts"] = PageAssets.Charts,
            ["script"] = PageAssets.Script + served?.Script,
        });
    }

    /// <summary>What one section says, as the page has it.</summary>
    public static string Answers(ReportSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return string.Concat(section.Answers.Select(answer => $"<p class=\"answer\">{Escaped(answer)}</p>\n"));
    }

    private static string Body(RecordedRun run, IReadOnlyList<ReportSection> sections, bool served)
    {
        var text = new StringBuilder("<header>\n");
        text.Append("<p class=\"brand\">").Append(served ? "<a href=\"/\">RnnCompare, all runs</a>" : "RnnCompare").Append("</p>\n");
        text.Append("<label class=\"theme\">Theme <select id=\"theme\"><option value=\"\">as the system</option><option value=\"light\">light</option><option value=\"dark\">dark</option></select></label>\n");
        text.Append($"<h1>{Escaped(run.Name)}</h1>\n<p class=\"lead\">{Escaped(Lead(run))}</p>\n</header>\n");
        text.Append("<nav aria-label=\"Parts of the report\"><ul>\n").AppendJoin("", sections.Select(section => $"<li><a href=\"#{section.Id}\">{Escaped(section.Title)}</a></li>\n")).Append("</ul></nav>\n");
        text.Append("<main id=\"main\">\n");
        foreach (var section in sections)
        {
            Append(text, section);
        }

        return text.Append("</main>").ToString();
    }

    private static string Lead(RecordedRun run)
    {
        string[] parts = [.. new[] { ("task", "task "), ("cells", ""), ("engines", "engines "), ("precision", ""), ("steps", "steps ") }
            .Select(part => (Value: run.ConfigValue(part.Item1), Label: part.Item2))
            .Where(part => part.Value.Length > 0)
            .Select(part => part.Label + part.Value.Replace(",", ", ", StringComparison.Ordinal)), .. Seeds(run)];
        return string.Join(" · ", parts);
    }

    private static string[] Seeds(RecordedRun run)
    {
        int[] several = [.. run.Curves.Select(curve => curve.Seed).OfType<int>().Distinct().Order()];
        return several.Length switch
        {
            0 => run.ConfigValue("seed") is { Length: > 0 } seed ? [$"seed {seed}"] : [],
            <= 10 => [$"seeds {string.Join(", ", several)}"],
            _ => [$"{several.Length} seeds"],
        };
    }

    private static void Append(StringBuilder text, ReportSection section)
    {
        text.Append($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\">\n<h2 id=\"{section.Id}-title\">{Escaped(section.Title)}</h2>\n");
        text.Append($"<div class=\"answers\" data-section=\"{section.Id}\">\n{Answers(section)}</div>\n");
        foreach (var chart in section.Charts)
        {
            text.Append($"<figure data-chart=\"{Escaped(chart.Id)}\">\n<figcaption>{Escaped(chart.Title)}</figcaption>\n");
            text.Append($"<div class=\"plot\" role=\"img\" tabindex=\"0\" aria-label=\"{Escaped(chart.Title)}. Arrow keys read its values.\"></div>\n</figure>\n");
        }

        if (section.Explanations.Count > 0)
        {
            text.Append("<div class=\"explanation\">\n").AppendJoin("", section.Explanations.Select(paragraph => $"<p>{Escaped(paragraph)}</p>\n")).Append("</div>\n");
        }

        foreach (var table in section.Tables)
        {
            Append(text, table);
        }

        text.Append("</section>\n");
    }

    private static void Append(StringBuilder text, ReportTable table)
    {
        var open = table.Rows.Count <= RowsOfOpenTable;
        text.Append(open ? "<div class=\"block\">\n" : $"<details class=\"block\"><summary>{Escaped(table.Title)}: {table.Rows.Count} rows</summary>\n");
        text.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Escaped(table.Title)}\"><table data-copy class=\"{(table.IsText ? "words" : "figures")}\">\n<caption>{Escaped(table.Title)}</caption>\n<thead><tr>");
        text.AppendJoin("", table.Headers.Select(header => header.Length == 0 ? "<td></td>" : $"<th scope=\"col\">{Escaped(header)}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append($"<tr><th scope=\"row\">{Escaped(row[0])}</th>").AppendJoin("", row.Skip(1).Select(cell => $"<td>{Escaped(cell)}</td>")).Append("</tr>\n");
        }

        text.Append("</tbody></table></div>\n").Append(open ? "</div>\n" : "</details>\n");
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>What a report that is served has besides a report in a file.</summary>
/// <param name="LiveAddress">Where it hears of later figures; null where there will be none.</param>
/// <param name="Script">What listens.</param>
public sealed record ServedPage(string? LiveAddress, string Script);
