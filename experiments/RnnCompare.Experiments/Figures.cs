using System.Globalization;

namespace RnnCompare.Experiments;

/// <summary>Numbers as they stand in tables.</summary>
public static class Figures
{
    /// <summary>Four significant digits, without an exponent where that is readable.</summary>
    public static string Value(double value)
    {
        var size = Math.Abs(value);
        var format = size switch
        {
            0 => "0",
            >= 1e6 or < 1e-3 => "0.000e-0",
            >= 1000 => "#,0",
            >= 100 => "0.0",
            >= 10 => "0.00",
            _ => "0.0000",
        };
        return double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";
    }

    /// <summary>A relative distance: two significant digits and an exponent.</summary>
    public static string Distance(double value) => value == 0 ? "0" : value.ToString("0.0e-00", CultureInfo.InvariantCulture);

    /// <summary>A fraction in percent.</summary>
    public static string Percent(double value) => double.IsFinite(value) ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>A ratio: <c>12.3×</c>.</summary>
    public static string Ratio(double value) => double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) + "×" : "–";

    /// <summary>A share with its numbers: <c>99.4 % (497 of 500)</c>.</summary>
    public static string Share(int part, int whole) => whole == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0#} % ({part} of {whole})");
}
