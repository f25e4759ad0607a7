using System.Globalization;

namespace RnnCompare.Experiments.Flow;

/// <summary>What a measurement says, in words with its numbers.</summary>
internal static class FlowSentence
{
    /// <summary>Whether gradients vanish or explode, and how fast.</summary>
    public static string Of(FlowCase flow)
    {
        var norms = flow.Back[0].Norms;
        var last = norms.Count - 1;
        var change = norms[last] / norms[0];
        var size = change switch
        {
            0 => $"‖dL/dh‖ of the last step's loss is exactly 0 {last} steps back.",
            > 0 => string.Create(CultureInfo.InvariantCulture, $"‖dL/dh‖ of the last step's loss is {change:0.0e-0} of its size {last} steps back."),
            _ => "‖dL/dh‖ of the last step's loss is no finite number.",
        };
        return $"{size} {Growth(flow.Exponents)}".TrimEnd();
    }

    private static string Growth(LyapunovSpectrum? spectrum)
    {
        if (spectrum is null || !double.IsFinite(spectrum.Values[0]))
        {
            return "";
        }

        var (value, lower, upper) = (spectrum.Values[0], spectrum.Lower[0], spectrum.Upper[0]);
        var verdict = (lower, upper) switch
        {
            (_, < 0) => $"gradients vanish, by half every {Number(Math.Log(0.5) / value)} steps",
            ( > 0, _) => $"gradients explode, doubling every {Number(Math.Log(2) / value)} steps",
            (double.NaN, _) => "there are too few steps for an interval",
            _ => "whether they vanish or explode in the long run cannot be told from these steps",
        };
        return double.IsNaN(lower)
            ? $"λ₁ = {Number(value)} per step; {verdict}."
            : $"λ₁ = {Number(value)} per step, 95 % interval {Number(lower)} to {Number(upper)}: {verdict}.";
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
