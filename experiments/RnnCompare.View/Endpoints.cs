using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Report;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View;

/// <summary>What can be asked of the server.</summary>
/// <param name="index">The runs.</param>
internal sealed class Endpoints(RunIndex index)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    /// <summary>Puts every address on the application.</summary>
    public void Map(WebApplication application)
    {
        var stopping = application.Lifetime.ApplicationStopping;
        application.MapGet("/", () => Html(ViewPage.List()));
        application.MapGet("/run/{**id}", Report);
        application.MapGet("/api/runs", () => Json(RunListJson.Write(index.Rows())));
        application.MapGet("/api/overlay", (HttpRequest request) => Json(OverlayOf(request)));
        application.MapGet("/live/list", (CancellationToken cancelled) => Live(index.Stamp, () => "changed", cancelled, stopping));
        application.MapGet("/live/overlay", (HttpRequest request, CancellationToken cancelled) =>
        {
            var folders = Chosen(request).Select(run => run.Folder).ToArray();
            return Live(() => string.Join('\n', folders.Select(RunIndex.Stamp)), () => OverlayOf(request), cancelled, stopping);
        });
        application.MapGet("/live/run/{**id}", (string id, CancellationToken cancelled) =>
            index.Folder(id) is { } folder ? Live(() => RunIndex.Stamp(folder), () => SectionsOf(folder), cancelled, stopping) : NotFound(id));
    }

    private IResult Report(string id)
    {
        if (index.Folder(id) is not { } folder)
        {
            return NotFound(id);
        }

        try
        {
            var run = RunReader.Read(folder);
            return Html(ReportPage.Write(run, new ServedPage(run.State == RunState.Unfinished ? $"/live/run/{Uri.EscapeDataString(id)}" : null, ViewPage.LiveScript)));
        }
        catch (InputException e)
        {
            return Html(ViewPage.Problem(id, e.Message), StatusCodes.Status422UnprocessableEntity);
        }
    }

    // A run that cannot be read is named beside the charts of the others.
    private string OverlayOf(HttpRequest request)
    {
        var runs = new List<(string, RecordedRun)>();
        var problems = new JsonArray();
        foreach (var (id, folder) in Chosen(request))
        {
            try
            {
                runs.Add((id, RunReader.Read(folder)));
            }
            catch (InputException e)
            {
                problems.Add(e.Message);
            }
        }

        return new JsonObject
        {
            ["charts"] = JsonNode.Parse(ChartJson.Write(Overlay.Of(runs, request.Query["engine"].ToString()))),
            ["engines"] = new JsonArray([.. runs.SelectMany(run => run.Item2.Curves).Select(curve => curve.Engine).Distinct().Select(engine => JsonValue.Create(engine))]),
            ["unfinished"] = runs.Any(run => run.Item2.State == RunState.Unfinished),
            ["problems"] = problems,
        }.ToJsonString();
    }

    private IEnumerable<(string Id, string Folder)> Chosen(HttpRequest request)
    {
        var rows = index.Rows().ToDictionary(row => row.Id);
        return request.Query["run"].OfType<string>().Where(rows.ContainsKey).Select(id => (id, rows[id].Folder));
    }

    private static string SectionsOf(string folder)
    {
        try
        {
            var run = RunReader.Read(folder);
            var sections = ReportSections.Of(run);
            var answers = new JsonObject(sections.Select(section => KeyValuePair.Create<string, JsonNode?>(section.Id, ReportPage.Answers(section))));
            return new JsonObject
            {
                ["finished"] = run.State != RunState.Unfinished,
                ["answers"] = answers,
                ["charts"] = JsonNode.Parse(ChartJson.Write(sections.SelectMany(section => section.Charts))),
            }.ToJsonString();
        }
        catch (InputException e)
        {
            return new JsonObject { ["problem"] = e.Message }.ToJsonString();
        }
    }

    // Sends what there is at once, so that a late viewer sees all that happened before, and again whenever files have changed.
    private static ServerSentEventsResult<string> Live(Func<string> stamp, Func<string> message, CancellationToken cancelled, CancellationToken stopping)
    {
        return TypedResults.ServerSentEvents(Messages(cancelled));

        async IAsyncEnumerable<SseItem<string>> Messages([EnumeratorCancellation] CancellationToken cancellation)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
            var seen = "";
            while (!ended.IsCancellationRequested)
            {
                var now = stamp();
                if (now != seen)
                {
                    seen = now;
                    yield return new(message());
                }

                await Task.Delay(BetweenLooks, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static IResult NotFound(string id) => Html(ViewPage.Problem(id, $"There is no run '{id}' below the folder that is served."), StatusCodes.Status404NotFound);

    private static IResult Html(string page, int status = StatusCodes.Status200OK) => Results.Text(page, "text/html; charset=utf-8", null, status);

    private static IResult Json(string text) => Results.Text(text, "application/json; charset=utf-8");
}
