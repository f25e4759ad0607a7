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
            _ => "‖dL/dh‖ of the last step's loss is not a finite number.",
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
        var error = (upper - lower) / 2;
        var (half, twice) = (Math.Log(0.5) / value, Math.Log(2) / value);
        var verdict = (lower, upper) switch
        {
            (_, < 0) => $"gradients vanish, by half every {Known(half, half * error / -value)} steps",
            ( > 0, _) => $"gradients explode, doubling every {Known(twice, twice * error / value)} steps",
            (double.NaN, _) => "there are too few steps for an interval",
            _ => "whether they vanish or explode in the long run cannot be told from these steps",
        };
        return double.IsNaN(lower)
            ? $"λ₁ = {Known(value, double.NaN)} per step; {verdict}."
            : $"λ₁ = {Known(value, error)} per step, 95 % interval {Known(lower, error)} to {Known(upper, error)}: {verdict}.";
    }

    /// <summary>A number with the digits that its error leaves: of the error two digits where it begins with 1 or 2, otherwise one.</summary>
    /// <param name="value">The number.</param>
    /// <param name="error">Half its interval; 0 where it is known exactly, NaN where it is not known at all, for two digits.</param>
    internal static string Known(double value, double error)
    {
        const int MostDecimals = 6;
        var scale = double.IsNaN(error) ? Math.Abs(value) : Math.Max(error, 1e-6 * Math.Abs(value));
        var exponent = (int)Math.Floor(Math.Log10(scale));
        var decimals = -exponent + (double.IsNaN(error) || scale / Math.Pow(10, exponent) < 3 ? 1 : 0);
        var rounded = decimals >= 0 ? Math.Round(value, Math.Min(decimals, MostDecimals)) : Math.Round(value * Math.Pow(10, decimals)) / Math.Pow(10, decimals);

        // Adding zero turns a negative zero into zero.
        return (rounded + 0).ToString(decimals > 0 ? "0." + new string('0', Math.Min(decimals, MostDecimals)) : "0", CultureInfo.InvariantCulture);
    }
}
