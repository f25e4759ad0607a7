using System.Diagnostics;
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
    private const string JsonType = "application/json; charset=utf-8";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    // Whoever looks on must not slow the runs down: between two looks at files passes so many times what a look takes.
    private const int RestOfALook = 20;

    /// <summary>Puts every address on the application.</summary>
    public void Map(WebApplication application)
    {
        var stopping = application.Lifetime.ApplicationStopping;
        application.MapGet("/", () => Html(ViewPage.List()));
        application.MapGet("/echarts.js", () => Results.Text(PageAssets.Charts, "text/javascript; charset=utf-8"));
        application.MapGet("/run/{**id}", Report);
        application.MapGet("/api/runs", () =>
        {
            var (stamp, rows) = index.Look();
            return Results.Bytes(RunListJson.Write(rows, stamp), JsonType);
        });
        application.MapGet("/api/overlay", (HttpRequest request) => Json(OverlayOf(request)));
        application.MapGet("/live/list", (string seen, CancellationToken cancelled) => Live(index.Stamp, () => "changed", seen, cancelled, stopping));
        application.MapGet("/live/overlay", (HttpRequest request, CancellationToken cancelled) =>
        {
            var folders = index.Folders(Chosen(request));
            return Live(() => string.Join('\n', folders.Select(run => RunIndex.StampOf(run.Folder))), () => OverlayOf(request), "", cancelled, stopping);
        });
        application.MapGet("/live/run/{**id}", (string id, CancellationToken cancelled) =>
            index.Folder(id) is { } folder ? Live(() => RunIndex.StampOf(folder), () => SectionsOf(folder), "", cancelled, stopping) : NotFound(id));
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
        var read = index.Folders(Chosen(request)).AsParallel().AsOrdered().Select(run =>
        {
            try
            {
                return (run.Id, Run: (RecordedRun?)RunReader.ReadCurves(run.Folder), Problem: (string?)null);
            }
            catch (InputException e)
            {
                return (run.Id, null, e.Message);
            }
        }).ToArray();
        (string Id, RecordedRun Run)[] runs = [.. read.Where(run => run.Run is not null).Select(run => (run.Id, run.Run!))];
        var engine = request.Query["engine"].ToString();
        var settings = Setting.Of(runs, joinSeeds: request.Query["seeds"] != "each");
        return $$"""
            {"charts":{{ChartJson.Write(Overlay.Of(settings, engine))}},"more":{{new JsonObject
            {
                ["answers"] = Texts(OverlayAnswers.Of(settings, engine)),
                ["engines"] = Texts(runs.SelectMany(run => run.Run.Curves).Select(curve => curve.Engine).Distinct()),
                ["unfinished"] = runs.Any(run => run.Run.State == RunState.Unfinished),
                ["problems"] = Texts(read.Select(run => run.Problem).OfType<string>()),
            }.ToJsonString()}}}
            """;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static IEnumerable<string> Chosen(HttpRequest request) => request.Query["run"].OfType<string>().Distinct();

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

    // Sends what there is at once unless the viewer has it, so that a late one sees all that happened before, and again whenever files have changed.
    private static ServerSentEventsResult<string> Live(Func<string> stamp, Func<string> message, string known, CancellationToken cancelled, CancellationToken stopping)
    {
        return TypedResults.ServerSentEvents(Messages(cancelled));

        async IAsyncEnumerable<SseItem<string>> Messages([EnumeratorCancellation] CancellationToken cancellation)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
            var seen = known;
            while (!ended.IsCancellationRequested)
            {
                var begun = Stopwatch.GetTimestamp();
                var now = stamp();
                var rest = RestOfALook * Stopwatch.GetElapsedTime(begun);
                if (now != seen)
                {
                    seen = now;
                    yield return new(message());
                }

                await Task.Delay(rest > BetweenLooks ? rest : BetweenLooks, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static IResult NotFound(string id) => Html(ViewPage.Problem(id, $"There is no run '{id}' below the folder that is served."), StatusCodes.Status404NotFound);

    private static IResult Html(string page, int status = StatusCodes.Status200OK) => Results.Text(page, "text/html; charset=utf-8", null, status);

    private static IResult Json(string text) => Results.Text(text, JsonType);
}
