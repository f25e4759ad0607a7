using RnnCompare.Experiments.Flow;

namespace RnnCompare.Experiments.Results;

/// <summary>The table of gradient norms over the steps back in time.</summary>
internal static class FlowTable
{
    private const int Rows = 13;

    /// <summary>Evenly spread steps, the first and the last among them.</summary>
    public static ReportTable Of(GradientFlow flow, string suffix)
    {
        var last = flow.Curves[0].Norms.Count - 1;
        var shown = Enumerable.Range(0, Rows).Select(i => (int)Math.Round((double)i * last / (Rows - 1))).Distinct();
        var bounded = !double.IsNaN(flow.SpectralNorm);
        string[] headers = ["steps back", .. flow.Curves.Select(curve => curve.Engine), .. bounded ? ["bound"] : Array.Empty<string>()];
        return new(
            $"Gradient norm ‖dL/dh‖ over the steps back in time, trained weights{suffix}",
            headers,
            [.. shown.Select(Row)],
            [
                "L is the loss of the last step alone; float64.",
                .. bounded ? [$"bound: σᵏ·‖dL/dh‖ at the last step, σ = {Figures.Value(flow.SpectralNorm)}, the largest singular value of Whh."] : Array.Empty<string>(),
            ]);

        IReadOnlyList<string> Row(int k)
        {
            return [$"{k}", .. flow.Curves.Select(curve => Figures.Value(curve.Norms[k])), .. bounded ? [Figures.Value(flow.Bound(k))] : Array.Empty<string>()];
        }
    }
}
