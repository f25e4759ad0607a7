using RnnCompare.Experiments.Flow;
using RnnCompare.Experiments.Flow.Sweeps;

namespace RnnCompare.Experiments.Results;

/// <summary>The tables of how gradients flow.</summary>
public static class FlowTables
{
    private const int Rows = 13;
    private const int MapColumns = 6;
    private const int FirstExponents = 5;

    /// <summary>All tables: a single case in full, of several a row for each; then what was seen along a training.</summary>
    public static IReadOnlyList<ReportTable> Of(FlowResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Cases.Count == 1 ? All(result.Cases[0]) : [Cases(result.Cases)], .. result.Along.Count > 0 ? [Along(result.Along)] : Array.Empty<ReportTable>()];
    }

    /// <summary>The norms back from the last step, beside their bound.</summary>
    public static ReportTable Back(FlowCase flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var bound = flow.Bound;
        return new(
            $"Gradient norm ‖dL/dh‖ over the steps back in time, {flow.Name}",
            ["steps back", .. flow.Back.Select(curve => curve.Engine), .. bound is null ? Array.Empty<string>() : ["bound"]],
            [.. Thinning.Evenly(flow.Steps, Rows).Select(Row)],
            [
                "L is the loss of the last step alone; float64.",
                .. bound is null ? Array.Empty<string>() : [$"bound: σᵏ·‖dL/dh‖ at the last step. {bound.Sentence}"],
                flow.Sentence,
            ]);

        IReadOnlyList<string> Row(int k)
        {
            return
            [
                $"{k}",
                .. flow.Back.Select(curve => Figures.Value(curve.Norms[k])),
                .. bound is null ? Array.Empty<string>() : [Figures.Value(bound.At(k, flow.Back[0].Norms[0]))],
            ];
        }
    }

    /// <summary>Everything that was measured of a case.</summary>
    private static List<ReportTable> All(FlowCase flow)
    {
        var tables = new List<ReportTable> { Norms(flow), Back(flow) };
        if (flow.Gates.Count > 0)
        {
            tables.Add(Gates(flow));
        }

        tables.AddRange(flow.Maps.TakeLast(flow.Spec.Directions).Select(Map));
        foreach (var spectra in flow.Spectra)
        {
            if (spectra.Exponents is { } exponents)
            {
                tables.Add(Exponents(exponents, spectra.Place));
            }

            if (spectra.Steps.Count > 0)
            {
                tables.Add(Jacobians(spectra));
                tables.Add(Products(spectra));
            }
        }

        return tables;
    }

    /// <summary>Several cases, a row for each.</summary>
    private static ReportTable Cases(IReadOnlyList<FlowCase> cases)
    {
        return new(
            "How gradients flow, case by case",
            ["case", "σmax(Whh)", "λ₁", "95 % interval", "‖dL/dh‖ last", "first", "first / last", "verdict"],
            [.. cases.Select(Row)],
            [
                "λ₁: the largest Lyapunov exponent of the top layer along the batch's first sequence, per step. Below 0 gradients vanish in the long run, above 0 they explode.",
                "‖dL/dh‖ of the last step's loss, at the last step and at the first; float64.",
            ]);

        static IReadOnlyList<string> Row(FlowCase flow)
        {
            var norms = flow.Back[0].Norms;
            return
            [
                flow.Name,
                flow.Bound is { } bound ? Figures.Value(bound.SpectralNorm) : "–",
                .. flow.Exponents is { } exponents ? [Figures.Value(exponents.Values[0]), Interval(exponents, 0), Figures.Value(norms[0]), Figures.Value(norms[^1]), Figures.Value(norms[^1] / norms[0]), Verdict(exponents)]
                    : new[] { "–", "–", Figures.Value(norms[0]), Figures.Value(norms[^1]), Figures.Value(norms[^1] / norms[0]), "–" },
            ];
        }
    }

    /// <summary>What was seen along trainings.</summary>
    public static ReportTable Along(IReadOnlyList<FlowSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        var trainings = snapshots.GroupBy(snapshot => snapshot.Case).ToArray();
        return new(
            "Gradients along the training",
            ["training", "step", "loss", "‖gradient‖", "clipped", "‖dL/dh‖ first step", "last step"],
            [.. trainings.SelectMany(training => Thinning.Evenly(training.Count(), Rows).Select(training.ElementAt)).Select(snapshot => (IReadOnlyList<string>)[
                snapshot.Case, $"{snapshot.Step}", Figures.Value(snapshot.Loss), Figures.Value(snapshot.GradientNorm), Figures.Value(snapshot.ClippedNorm),
                Figures.Value(snapshot.Norms[0]), Figures.Value(snapshot.Norms[^1])])],
            [
                "‖gradient‖: of all weights together, before clipping and after; float64.",
                .. trainings.Select(training =>
                {
                    var largest = training.MaxBy(snapshot => snapshot.GradientNorm)!;
                    return $"{training.Key}: ‖gradient‖ was {Figures.Value(largest.GradientNorm)} at most, at step {largest.Step}; the last loss was {Figures.Value(training.Last().Loss)}.";
                }),
            ]);
    }

    private static string Verdict(LyapunovSpectrum spectrum)
    {
        return spectrum.Upper[0] < 0 ? "vanish" : spectrum.Lower[0] > 0 ? "explode" : "open";
    }

    private static ReportTable Norms(FlowCase flow)
    {
        return new(
            $"Gradient norm ‖dL/dh_t‖ of the whole loss, {flow.Name}",
            ["t", .. flow.Norms.Select(norms => flow.Spec.Layers * flow.Spec.Directions == 1 ? norms.Engine : $"{norms.Engine}, {norms.Place}")],
            [.. Thinning.Evenly(flow.Steps, Rows).Select(t => (IReadOnlyList<string>)[$"{t}", .. flow.Norms.Select(norms => Figures.Value(norms.Values[t]))])],
            [$"Over {flow.BatchSize} {(flow.BatchSize == 1 ? "sequence" : "sequences")} of {flow.Steps} steps; L as training minimises it; float64."]);
    }

    private static ReportTable Gates(FlowCase flow)
    {
        return new(
            "Gates",
            ["gate", "layer", "mean", "low", "high", "‖dL/dz‖ first", "last"],
            [.. flow.Gates.Select(gate => (IReadOnlyList<string>)[
                gate.Gate, $"{gate.Place}", Figures.Value(gate.Mean), Figures.Percent(gate.Low.Average()), Figures.Percent(gate.High.Average()),
                Figures.Value(gate.Norms[0]), Figures.Value(gate.Norms[^1])])],
            ["low, high: the share of values that are saturated: below 0.1 or above 0.9, of tanh beyond ∓0.9, of relu at 0. ‖dL/dz‖: of the whole loss, at the first and last step."]);
    }

    private static ReportTable Map(FlowMap map)
    {
        var T = map.Norms.Rows;
        int[] steps = [.. Thinning.Evenly(T, MapColumns)];
        return new(
            $"‖∂L_s/∂h_t‖, {map.Place}",
            ["s \\ t", .. steps.Select(t => $"{t}")],
            [.. Thinning.Evenly(T, Rows).Select(s => (IReadOnlyList<string>)[$"{s}", .. steps.Select(t => double.IsNaN(map.Norms[s, t]) ? "" : Figures.Value(map.Norms[s, t]))])],
            ["L_s: the loss of step s alone, one backward pass for each."]);
    }

    private static ReportTable Exponents(LyapunovSpectrum spectrum, LayerPlace place)
    {
        var last = spectrum.Values.Count - 1;
        var shown = Enumerable.Range(0, Math.Min(FirstExponents, last + 1)).Append(last / 2).Append(last).Distinct().Order();
        return new(
            $"Lyapunov exponents, {place}",
            ["", "λ per step", "95 % interval"],
            [.. shown.Select(i => (IReadOnlyList<string>)[$"{i + 1}", Figures.Value(spectrum.Values[i]), Interval(spectrum, i)])],
            [$"Over {spectrum.Steps} steps of the batch's first sequence; Kaplan–Yorke dimension {Figures.Value(spectrum.KaplanYorkeDimension)} of {last + 1}."]);
    }

    private static ReportTable Jacobians(StepSpectra spectra)
    {
        return new(
            $"Singular values of the step Jacobians ∂h_t/∂h_(t−1), {spectra.Place}",
            ["t", "largest", "median", "smallest"],
            [.. Thinning.Evenly(spectra.Steps.Count, Rows).Select(i => (IReadOnlyList<string>)[
                $"{spectra.Steps[i]}", .. Extremes(spectra.SingularValues[i]).Select(Figures.Value)])],
            []);
    }

    private static ReportTable Products(StepSpectra spectra)
    {
        return new(
            $"Singular values of products of the last k step Jacobians, {spectra.Place}",
            ["k", "ln largest", "per step", "ln median", "ln smallest"],
            [.. spectra.ProductSteps.Select((k, i) =>
            {
                var extremes = Extremes(spectra.LogProducts[i]);
                return (IReadOnlyList<string>)[$"{k}", Log(extremes[0]), Log(extremes[0] / k), Log(extremes[1]), Log(extremes[2])];
            })],
            []);
    }

    /// <summary>The largest, the middle one and the smallest of values in falling order.</summary>
    internal static double[] Extremes(IReadOnlyList<double> values) => [values[0], values[values.Count / 2], values[^1]];

    private static string Log(double value) => double.IsNegativeInfinity(value) ? "−∞" : Figures.Value(value);

    private static string Interval(LyapunovSpectrum spectrum, int i) => $"{Figures.Value(spectrum.Lower[i])} to {Figures.Value(spectrum.Upper[i])}";
}
