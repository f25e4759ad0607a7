using System.Globalization;
using RnnCompare.Experiments.Report.Charts;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.Experiments.Report.Sections;

/// <summary>Where gradients vanish or explode.</summary>
internal static class FlowSection
{
    private const string AboutNorms =
        "‖dL/dh_t‖ is how strongly the loss still feels a small change of the state at step t, in float64. Falling by a constant factor a step, a straight line on a logarithmic axis, is vanishing; rising is exploding. "
        + "A gradient of exactly zero has no place on a logarithmic axis: it stands at the lower edge, marked 0.";

    private const string AboutMap = "A point of the map is ‖∂L_s/∂h_t‖: how strongly the loss at step s alone (upwards) feels the state at step t (to the right). The diagonal is the present; to its left lies the past.";

    private const string AboutBound = "The bound follows from |f′| ≤ γ: with σ the largest singular value of Whh, σ < 1/γ suffices for gradients to vanish, and σ > 1/γ is necessary, but not sufficient, for them to explode (Pascanu, Mikolov and Bengio 2013).";

    public static ReportSection? Of(RecordedRun run)
    {
        var colours = EngineColours.Of(run);
        if (run.Flows.Count + run.FlowAlong.Count > 0)
        {
            return Measured(run, colours);
        }

        return run.Summary is { Backflows.Count: > 0 } summary
            ? new()
            {
                Id = "flow",
                Title = "Gradient flow",
                Answers = [.. summary.Backflows.Select(flow => Answer(flow, summary.Backflows.Count > 1))],
                Explanations = [AboutNorms, .. summary.Backflows.Any(flow => double.IsFinite(flow.SpectralNorm)) ? [AboutBound] : Array.Empty<string>()],
                Charts = [.. summary.Backflows.Select(flow => Chart(flow, summary.Backflows.Count > 1, colours))],
            }
            : null;
    }

    private static ReportSection Measured(RecordedRun run, EngineColours colours)
    {
        var flows = run.Flows.Select((flow, i) => (Flow: flow, Id: run.Flows.Count > 1 ? $"flow-{i + 1}" : "flow")).ToArray();
        var isSweep = flows.Length > FlowCases.MostInFull;
        return new()
        {
            Id = "flow",
            Title = "Gradient flow",
            Answers = [.. isSweep ? FlowCases.Answers(run.Flows) : run.Flows.SelectMany(Answers), .. FlowAlong.Answers(run.FlowAlong)],
            Explanations =
            [
                AboutNorms,
                .. !isSweep && run.Flows.Any(flow => flow.Maps.Count > 0) ? [AboutMap] : Array.Empty<string>(),
                .. run.Flows.Any(flow => flow.Bound.Count > 0) ? [AboutBound] : Array.Empty<string>(),
                .. run.FlowAlong.Count > 0 ? [FlowAlong.About] : Array.Empty<string>(),
            ],
            Charts = [.. FlowCharts.Together(run), .. isSweep ? [] : flows.SelectMany(pair => FlowCharts.Of(pair.Flow, pair.Id, colours)), .. FlowAlong.Charts(run.FlowAlong)],
            Tables = [.. flows.Length > 1 ? [FlowCases.Table(run.Flows)] : Array.Empty<ReportTable>(), .. run.Flows.Any(flow => flow.Gates.Count > 0) ? [Saturation(run)] : Array.Empty<ReportTable>()],
        };
    }

    private static IEnumerable<string> Answers(RecordedFlow flow)
    {
        var sentences = new[] { flow.Sentence, flow.BoundSentence }.OfType<string>().ToArray();
        return sentences.Length == 0 ? [] : [$"{flow.Name}: {string.Join(" ", sentences)}"];
    }

    private static ReportTable Saturation(RecordedRun run)
    {
        return new(
            "Saturation of the gates",
            ["gate", "near its lower end", "near its upper end", "measured on"],
            [.. run.Flows.SelectMany(flow => flow.Gates.Select(gate => (IReadOnlyList<string>)[gate.Name, Share(gate.Low), Share(gate.High), flow.Name]))],
            ["Shares of the units within a tenth of the gate's range, on average over the steps: a saturated gate passes almost no gradient to its own weights."]);

        static string Share(IReadOnlyList<double> steps) => steps.Count == 0 ? "–" : Figures.Percent(steps.Average());
    }

    private static string Answer(RecordedBackflow flow, bool namesCell)
    {
        var (engine, norms) = flow.Curves[0];
        var (first, last, steps) = (norms[0], norms[^1], norms.Count - 1);
        var name = namesCell ? $"{flow.Cell}: " : "";
        if (steps == 0 || first == 0)
        {
            return $"{name}The gradient at the last step is {Figures.Value(first)} ({engine}).";
        }

        if (last == 0)
        {
            var zero = norms.Count - norms.Reverse().TakeWhile(norm => norm == 0).Count();
            return $"{name}The gradient is exactly zero from {Words.Count(zero, "step")} back on ({engine}): it has vanished below the smallest number.";
        }

        var rate = Math.Pow(last / first, 1.0 / steps);
        var others = flow.Curves.Skip(1).Select(curve => string.Create(CultureInfo.InvariantCulture, $"{curve.Engine} differs from {engine} by at most {Figures.Distance(Difference(norms, curve.Norms))}, relatively"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}Back from the last step, the gradient {(rate < 1 ? "vanishes" : "grows")}: ‖dL/dh‖ goes from {Figures.Value(first)} to {Figures.Value(last)} in {Words.Count(steps, "step")}, a factor of {rate:0.000} a step ({engine}, trained weights, loss of the last step alone).")
            + string.Concat(others.Select(other => $" {other}."))
            + (double.IsFinite(flow.SpectralNorm) ? $" The largest singular value of Whh is {Figures.Value(flow.SpectralNorm)}, so the bound alone {(flow.SpectralNorm < 1 ? "already proves that it vanishes" : "could not tell")}." : "");
    }

    private static double Difference(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        return expected.Zip(actual).Max(pair => pair.First == pair.Second ? 0 : Math.Abs(pair.First - pair.Second) / Math.Abs(pair.First));
    }

    private static LinesChart Chart(RecordedBackflow flow, bool namesCell, EngineColours colours)
    {
        double[] back = [.. Enumerable.Range(0, flow.Curves[0].Norms.Count).Select(k => (double)k)];
        return new()
        {
            Id = namesCell ? $"flow-{flow.Cell}" : "flow",
            Title = $"Gradient norm back in time, trained weights{(namesCell ? ", " + flow.Cell : "")}",
            XLabel = "steps back in time",
            YLabel = "‖dL/dh‖",
            Log = true,
            Series =
            [
                .. flow.Curves.Select(curve => new Series { Name = curve.Engine, Colour = colours[curve.Engine], Role = SeriesRole.Marked, X = back, Y = curve.Norms }),
                .. double.IsFinite(flow.SpectralNorm)
                    ? [new Series { Name = "bound σᵏ", Colour = 0, Role = SeriesRole.Reference, X = back, Y = [.. back.Select(k => Math.Pow(flow.SpectralNorm, k) * flow.Curves[0].Norms[0])] }]
                    : Array.Empty<Series>(),
            ],
        };
    }
}
