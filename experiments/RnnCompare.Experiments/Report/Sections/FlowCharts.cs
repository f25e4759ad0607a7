using System.Globalization;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>The charts of measured gradient flow.</summary>
internal static class FlowCharts
{
    private const int MostProducts = 12;

    /// <summary>All settings of a sweep in one picture; none where there is one setting alone.</summary>
    public static IEnumerable<Chart> Together(RecordedRun run)
    {
        if (run.Flows.Count < 2)
        {
            yield break;
        }

        var curves = run.Flows.Where(flow => flow.Back.Count > 0).Select((flow, i) => new Series
        {
            Name = flow.Name, Colour = i, X = Indices(flow.Back[0].Values.Count, 0), Y = flow.Back[0].Values,
        });
        yield return Lines("flow-all", "Gradient norm back in time, all settings", "steps back in time", "‖dL/dh‖, loss of the last step alone", [.. curves]);
        Series[] spectra = [.. run.Flows.SelectMany((flow, i) => flow.Exponents.Take(1).Select(exponents => new Series
        {
            Name = flow.Name, Colour = i, X = Indices(exponents.Values.Count, 1), Y = exponents.Values,
        }))];
        if (spectra.Length > 1)
        {
            yield return Lines("exponents-all", "Lyapunov spectra, all settings", "exponent, the largest first", "λ, nats a step", spectra) with { Log = false };
        }
    }

    /// <summary>The charts of one measurement.</summary>
    public static IEnumerable<Chart> Of(RecordedFlow flow, string id, EngineColours colours)
    {
        var suffix = $", {flow.Name}";
        if (flow.Back.Count > 0)
        {
            Series[] bound = flow.Bound.Count > 0 ? [new() { Name = "bound σᵏ", Colour = 0, Role = SeriesRole.Reference, X = Indices(flow.Bound.Count, 0), Y = flow.Bound }] : [];
            yield return Lines(
                $"{id}-back", "Gradient norm back in time" + suffix, "steps back in time", "‖dL/dh‖, loss of the last step alone", [.. Named(flow.Back, 0, colours), .. bound]);
        }

        if (flow.Norms.Count > 0)
        {
            yield return Lines($"{id}-norms", "Gradient norm of the whole loss by step" + suffix, "step t", "‖dL/dh_t‖", [.. Named(flow.Norms, 0, colours)]);
        }

        foreach (var (map, i) in flow.Maps.Select((map, i) => (map, i)))
        {
            yield return new MapChart
            {
                Id = $"{id}-map{Number(i)}",
                Title = $"Which loss feels which state{suffix}{Comma(map.Name)}",
                XLabel = "step t of the state",
                YLabel = "step s of the loss",
                ValueLabel = "‖∂L_s/∂h_t‖",
                Columns = map.Columns,
                Rows = map.Rows,
                Values = map.Values,
            };
        }

        if (flow.Gates.Count > 0)
        {
            yield return Lines($"{id}-gates", "Gradient norm at the gates" + suffix, "step t", "‖dL/dz_t‖", [.. flow.Gates.Select((gate, i) => new Series
            {
                Name = gate.Name, Colour = i, X = Indices(gate.Norms.Count, 0), Y = gate.Norms,
            })]);
            yield return Lines($"{id}-saturation", "Saturated units of the gates" + suffix, "step t", "share of units near an end of the range", [.. flow.Gates.Where(gate => gate.Low.Count > 0).Select((gate, i) => new Series
            {
                Name = gate.Name, Colour = i, X = Indices(gate.Low.Count, 0), Y = [.. gate.Low.Zip(gate.High, (low, high) => low + high)],
            })]) with { Log = false };
        }

        foreach (var chart in Spectra(flow, id, suffix))
        {
            yield return chart;
        }
    }

    private static IEnumerable<Chart> Spectra(RecordedFlow flow, string id, string suffix)
    {
        foreach (var (map, i) in flow.Jacobians.Select((map, i) => (map, i)))
        {
            string[] names = ["largest", "median", "smallest"];
            yield return Lines(
                $"{id}-jacobians{Number(i)}", $"Singular values of the step Jacobians{suffix}{Comma(map.Name)}", "step t", "singular value of the step Jacobian", [.. Columns(map, names, value => value)]);
        }

        foreach (var (map, i) in flow.Products.Select((map, i) => (map, i)))
        {
            var shown = Evenly(map.Columns.Count);
            yield return Lines(
                $"{id}-products{Number(i)}", $"Singular values of products of step Jacobians{suffix}{Comma(map.Name)}", "steps k of the product", "σ_i of the product",
                [.. Columns(map, [.. map.Columns.Select(number => string.Create(CultureInfo.InvariantCulture, $"σ{number:0}"))], Math.Exp).Where((_, column) => shown.Contains(column)).Select((series, colour) => series with { Colour = colour })]);
        }

        foreach (var (exponents, i) in flow.Exponents.Select((exponents, i) => (exponents, i)))
        {
            yield return Lines($"{id}-exponents{Number(i)}", $"Lyapunov spectrum{suffix}{Comma(exponents.Name)}", "exponent, the largest first", "λ, nats a step",
            [
                new Series
                {
                    Name = "λ with its interval", Colour = 0, Role = SeriesRole.Marked, X = Indices(exponents.Values.Count, 1), Y = exponents.Values,
                    Lower = exponents.Lower.Count == exponents.Values.Count ? exponents.Lower : null,
                    Upper = exponents.Upper.Count == exponents.Values.Count ? exponents.Upper : null,
                },
                new Series { Name = "0: neither vanishing nor exploding", Colour = 0, Role = SeriesRole.Reference, X = [1, exponents.Values.Count], Y = [0, 0] },
            ]) with { Log = false };
        }
    }

    private static LinesChart Lines(string id, string title, string x, string y, IReadOnlyList<Series> series)
    {
        return new() { Id = id, Title = title, XLabel = x, YLabel = y, Log = true, Series = series };
    }

    private static IEnumerable<Series> Named(IReadOnlyList<NamedValues> all, int first, EngineColours colours)
    {
        return all.Select(values => new Series { Name = values.Name, Colour = colours[values.Name], X = Indices(values.Values.Count, first), Y = values.Values });
    }

    private static IEnumerable<Series> Columns(RecordedMap map, IReadOnlyList<string> names, Func<double, double> value)
    {
        return names.Select((name, column) => new Series { Name = name, Colour = column, X = map.Rows, Y = [.. map.Values.Select(row => value(row[column]))] });
    }

    private static HashSet<int> Evenly(int count)
    {
        var shown = Math.Min(count, MostProducts);
        return [.. Enumerable.Range(0, shown).Select(i => shown == 1 ? 0 : (int)Math.Round((double)i * (count - 1) / (shown - 1)))];
    }

    private static double[] Indices(int count, int first) => [.. Enumerable.Range(first, count).Select(i => (double)i)];

    private static string Number(int i) => i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{i + 1}");

    private static string Comma(string name) => name.Length == 0 ? "" : ", " + name;
}
