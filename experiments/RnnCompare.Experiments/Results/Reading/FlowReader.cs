using System.Globalization;

namespace RnnCompare.Experiments.Results.Reading;

/// <summary>Reads <c>flow.json</c>.</summary>
internal static class FlowReader
{
    private static readonly string[] JacobianColumns = ["largest", "median", "smallest"];

    /// <summary>The measurements under the file's root.</summary>
    /// <exception cref="InputException">A value is not what it must be; the message names its place.</exception>
    public static RecordedFlows Read(JsonPlace root) => new([.. root.ItemsOf("cases").Select(Case)], [.. root.ItemsOf("along").Select(Moment)]);

    private static RecordedFlow Case(JsonPlace flow)
    {
        return new()
        {
            Name = flow.Get("name").Text(),
            Sentence = flow.TextOf("sentence"),
            Norms = [.. flow.ItemsOf("norms").Select(norms => new NamedValues(Label(norms, norms.Get("engine").Text()), norms.Get("values").Numbers()))],
            Back = [.. flow.ItemsOf("back").Select(back => new NamedValues(Label(back, back.Get("engine").Text()), back.Get("values").Numbers()))],
            Bound = flow.Find("bound")?.NumbersOf("values") ?? [],
            BoundSentence = flow.Find("bound")?.TextOf("sentence"),
            Gates = [.. flow.ItemsOf("gates").Select(gate => new RecordedGate(Label(gate, gate.Get("gate").Text()), gate.NumbersOf("norms"), gate.NumbersOf("low"), gate.NumbersOf("high")))],
            Maps = [.. flow.ItemsOf("map").Select(map => Checked(map, new(Label(map), map.Get("losses").Numbers(), map.Get("steps").Numbers(), Rows(map.Get("values")))))],
            Jacobians = [.. flow.ItemsOf("jacobians").Select(Jacobian)],
            Products = [.. flow.ItemsOf("products").Select(Product)],
            Exponents = [.. flow.ItemsOf("exponents").Select(exponents => new RecordedExponents(
                Label(exponents), exponents.Get("values").Numbers(), exponents.NumbersOf("lower"), exponents.NumbersOf("upper"), exponents.NumberOf("kaplanYorke")))],
        };
    }

    private static RecordedMoment Moment(JsonPlace moment)
    {
        return new(moment.TextOf("case") ?? "", moment.Get("step").Whole(), moment.NumberOf("loss"), moment.NumberOf("gradientNorm"), moment.NumberOf("clippedNorm"), moment.Get("norms").Numbers());
    }

    private static RecordedMap Jacobian(JsonPlace jacobian)
    {
        var steps = jacobian.Get("steps").Numbers();
        var columns = JacobianColumns.Select(name => jacobian.Get(name).Numbers()).ToArray();
        if (Array.Find(columns, column => column.Length != steps.Length) is { } wrong)
        {
            throw new InputException($"{jacobian.Where}: {wrong.Length} singular values for {steps.Length} steps.");
        }

        return new(Label(jacobian), steps, [1, 2, 3], [.. steps.Select((_, i) => (IReadOnlyList<double>)[.. columns.Select(column => column[i])])]);
    }

    private static RecordedMap Product(JsonPlace product)
    {
        var rows = Rows(product.Get("logs"));
        return Checked(product, new(Label(product), product.Get("steps").Numbers(), [.. Enumerable.Range(1, rows.Count == 0 ? 0 : rows[0].Count).Select(i => (double)i)], rows));
    }

    private static IReadOnlyList<IReadOnlyList<double>> Rows(JsonPlace list) => [.. list.Items().Select(row => row.Numbers())];

    private static RecordedMap Checked(JsonPlace place, RecordedMap map)
    {
        return map.Values.Count == map.Rows.Count && map.Values.All(row => row.Count == map.Columns.Count)
            ? map
            : throw new InputException($"{place.Where} does not have {map.Rows.Count} rows of {map.Columns.Count} numbers.");
    }

    // Layer 0 forwards goes without saying.
    private static string Label(JsonPlace place, string name = "")
    {
        var layer = place.Find("layer")?.Whole() ?? 0;
        var direction = place.TextOf("direction") ?? "forward";
        string[] parts = [name, layer > 0 ? string.Create(CultureInfo.InvariantCulture, $"layer {layer}") : "", direction == "forward" ? "" : direction];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}

/// <summary>Everything in <c>flow.json</c>.</summary>
/// <param name="Cases">The measurements.</param>
/// <param name="Along">Gradient norms while training went on.</param>
internal sealed record RecordedFlows(IReadOnlyList<RecordedFlow> Cases, IReadOnlyList<RecordedMoment> Along);
