using System.Globalization;

namespace RnnCompare.Experiments.Report.Export;

/// <summary>An axis: where a value stands between two ends, and where ticks are.</summary>
internal sealed class SvgAxis
{
    private const int MostTicks = 6;

    private readonly double _least;
    private readonly double _greatest;
    private readonly double _from;
    private readonly double _to;
    private readonly bool _log;

    /// <summary>Makes an axis that has room for values.</summary>
    /// <param name="values">The values; those that are no numbers, or on a logarithmic axis not above 0, do not count.</param>
    /// <param name="log">Whether it is logarithmic.</param>
    /// <param name="from">Where the least value stands.</param>
    /// <param name="to">Where the greatest stands.</param>
    public SvgAxis(IEnumerable<double> values, bool log, double from, double to)
    {
        (_log, _from, _to) = (log, from, to);
        double[] shown = [.. values.Where(value => double.IsFinite(value) && (!log || value > 0)).Select(Scaled)];
        (_least, _greatest) = shown.Length > 0 ? (shown.Min(), shown.Max()) : (0, 1);
        if (_greatest - _least < 1e-12)
        {
            (_least, _greatest) = (_least - 0.5, _greatest + 0.5);
        }
    }

    /// <summary>The place of a value; a zero or less on a logarithmic axis stands at its lower end.</summary>
    public double At(double value)
    {
        var share = _log && value <= 0 ? 0 : (Scaled(value) - _least) / (_greatest - _least);
        return _from + (share * (_to - _from));
    }

    /// <summary>Ticks at round numbers, with their labels.</summary>
    public IEnumerable<(double Value, string Label)> Ticks()
    {
        if (_log)
        {
            var each = Math.Max(1, (int)Math.Ceiling((_greatest - _least) / MostTicks));
            for (var power = (int)Math.Ceiling(_least); power <= _greatest; power += each)
            {
                yield return (Math.Pow(10, power), string.Create(CultureInfo.InvariantCulture, $"1e{power}"));
            }

            yield break;
        }

        var rough = (_greatest - _least) / MostTicks;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = decade * (rough / decade) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        for (var value = Math.Ceiling(_least / step) * step; value <= _greatest + (1e-9 * step); value += step)
        {
            yield return (value, Math.Abs(value) < 1e-9 * step ? "0" : value.ToString("G4", CultureInfo.InvariantCulture));
        }
    }

    private double Scaled(double value) => _log ? Math.Log10(value) : value;
}
