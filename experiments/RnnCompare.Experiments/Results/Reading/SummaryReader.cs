using System.Globalization;
using System.Text.Json;
using RnnCompare.Experiments.Results.Seeds;

namespace RnnCompare.Experiments.Results.Reading;

/// <summary>Reads <c>summary.json</c>, of this version and of older ones, which hold less.</summary>
internal static class SummaryReader
{
    // Longer lists are curves, which charts show.
    private const int LongestListOfFigures = 8;

    /// <summary>Reads the file's root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="withFigures">Whether every figure is listed under its place as well.</param>
    /// <exception cref="InputException">A value is not what it must be; the message names its place.</exception>
    public static RecordedSummary Read(JsonPlace root, bool withFigures)
    {
        var end = root.Find("end");
        var engines = root.Find("engines") is { } named ? named.Entries().Select(entry => Engine(entry.Key, entry.Value)).ToArray() : [];
        return new()
        {
            State = end is { } ended ? State(ended.Get("kind")) : RunState.Completed,
            Steps = end?.Get("steps").Whole() ?? 0,
            DivergedEngine = end?.TextOf("engine"),
            Outcome = root.TextOf("outcome"),
            Environment = root.Find("environment") is { } facts ? [.. facts.Entries().Where(fact => fact.Value.Element.ValueKind != JsonValueKind.Null).Select(fact => KeyValuePair.Create(fact.Key, Shown(fact.Value)))] : [],
            Metric = root.TextOf("metric") ?? "",
            Baseline = root.Find("baseline") is { } baseline ? (baseline.Get("name").Text(), baseline.NumberOf("test")) : null,
            Engines = engines,
            Gradients = [.. root.ItemsOf("gradientsBeforeTraining").Select(Agreement)],
            Weights = [.. root.ItemsOf("weightsAfterTraining").Select(Agreement)],
            Separations = [.. root.ItemsOf("separations").Select(separation => Separation(separation, engines))],
            Backflows = [.. root.ItemsOf("gradientFlow").Select(Backflow)],
            Seeds = root.Find("seeds") is { } seeds ? Seeds(seeds) : null,
            Samples = [.. root.ItemsOf("samples").Select(sample => sample.Text())],
            Figures = withFigures ? [.. Figures(root, "")] : [],
        };
    }

    private static RunState State(JsonPlace kind)
    {
        return kind.Text() switch
        {
            "completed" => RunState.Completed,
            "cancelled" => RunState.Cancelled,
            "diverged" => RunState.Diverged,
            var other => throw new InputException($"{kind.Where} is '{other}', expected completed, cancelled or diverged."),
        };
    }

    private static RecordedEngine Engine(string name, JsonPlace engine)
    {
        var quartiles = engine.NumbersOf("stepsPerSecondQuartiles");
        var scores = engine.Find("scores") is { } parts
            ? parts.Entries().ToDictionary(part => part.Key, part => (part.Value.NumberOf("loss"), part.Value.NumberOf("score")))
            : [];
        return new(
            name,
            engine.TextOf("cell") ?? "",
            engine.NumberOf("smoothedLoss"),
            (quartiles.ElementAtOrDefault(0), engine.NumberOf("stepsPerSecond"), quartiles.ElementAtOrDefault(1)),
            engine.Find("stepTimes") is { } times ? Times(times) : null,
            scores);
    }

    private static RecordedTimes Times(JsonPlace times)
    {
        return new(
            times.Get("count").Whole(),
            times.Get("percentiles").Numbers(),
            times.NumberOf("median"),
            Interval(times.Get("medianInterval")),
            times.NumberOf("ratio"),
            times.Find("ratioInterval") is { } ratio ? Interval(ratio) : (double.NaN, double.NaN),
            times.NumberOf("shareOfLimit"));
    }

    private static (double Lower, double Upper) Interval(JsonPlace place)
    {
        var ends = place.Numbers();
        return ends.Length == 2 ? (ends[0], ends[1]) : throw new InputException($"{place.Where} has {ends.Length} numbers, expected the two ends of an interval.");
    }

    private static RecordedAgreement Agreement(JsonPlace agreement)
    {
        return new(
            agreement.TextOf("cell") ?? "",
            agreement.Get("expected").Text(),
            agreement.Get("actual").Text(),
            agreement.Get("precision").Text(),
            agreement.Get("agrees").Truth(),
            agreement.NumberOf("limit"),
            [.. agreement.Get("tensors").Entries().Select(tensor => (tensor.Key, tensor.Value.NumberOf("relative"), tensor.Value.NumberOf("floor")))]);
    }

    // The distances stand in the order of the cell's engines but the first, which they are taken from.
    private static RecordedSeparation Separation(JsonPlace separation, RecordedEngine[] engines)
    {
        var cell = separation.TextOf("cell") ?? "";
        var names = engines.Where(engine => engine.Cell == cell).Select(engine => engine.Name).ToArray();
        var points = separation.Get("points").Items().ToArray();
        var distances = points.Select(point => point.Get("distances").Numbers()).ToArray();
        foreach (var (point, values) in points.Zip(distances))
        {
            if (values.Length != names.Length - 1)
            {
                throw new InputException($"{point.Where}: {values.Length} distances, expected {names.Length - 1}, one for each engine of {cell} but the first.");
            }
        }

        return new(
            cell,
            names[0],
            [.. points.Select(point => (double)point.Get("step").Whole())],
            [.. names.Skip(1).Select((name, i) => (name, (IReadOnlyList<double>)[.. distances.Select(values => values[i])]))],
            [.. points.Select(point => point.NumberOf("perturbed"))])
        {
            WeightsVerdict = separation.TextOf("weightsVerdict"),
            Verdicts = [.. points.Select(point => point.TextOf("verdict")).OfType<string>()],
        };
    }

    private static RecordedBackflow Backflow(JsonPlace flow)
    {
        var curves = flow.Entries().Where(entry => entry.Key is not ("cell" or "spectralNorm"));
        return new(flow.TextOf("cell") ?? "", flow.NumberOf("spectralNorm"), [.. curves.Select(curve => (curve.Key, (IReadOnlyList<double>)curve.Value.Numbers()))]);
    }

    private static RecordedSeeds Seeds(JsonPlace seeds)
    {
        return new(
            [.. seeds.ItemsOf("values").Select(value => value.Whole())],
            [.. seeds.ItemsOf("results").Select(result => new SeedValue(result.Get("engine").Text(), result.Get("seed").Whole(), result.Get("measure").Text(), result.NumberOf("value")))],
            [.. seeds.ItemsOf("comparisons").Select(comparison => comparison.TextOf("sentence")).OfType<string>()]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Figures(JsonPlace place, string path)
    {
        switch (place.Element.ValueKind)
        {
            case JsonValueKind.Object:
                return place.Entries().SelectMany(entry => Figures(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}"));
            case JsonValueKind.Array:
                return place.Element.GetArrayLength() > LongestListOfFigures ? [] : place.Items().SelectMany((item, i) => Figures(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")));
            default:
                return [KeyValuePair.Create(path, Shown(place))];
        }
    }

    private static string Shown(JsonPlace place) => place.Element.ValueKind == JsonValueKind.String ? place.Text() : place.Element.GetRawText();
}
