using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using RnnCompare.Numerics;

namespace RnnCompare.Benchmarks;

/// <summary>The speed of a product in GFLOP/s, and as a fraction of what multiply-adds in registers reach on one thread.</summary>
public sealed class PeakColumn : IColumn
{
    private readonly Lazy<double> _peakSingle = new(() => MachinePeak.FlopsPerSecond<float>());
    private readonly Lazy<double> _peakDouble = new(() => MachinePeak.FlopsPerSecond<double>());

    /// <inheritdoc/>
    public string Id => nameof(PeakColumn);

    /// <inheritdoc/>
    public string ColumnName => "GFLOP/s (of peak)";

    /// <inheritdoc/>
    public bool AlwaysShow => false;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Statistics;

    /// <inheritdoc/>
    public int PriorityInCategory => 1;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string Legend => "Floating-point operations per median time; in brackets as a fraction of the measured multiply-add peak of one thread";

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        var median = summary[benchmarkCase]?.ResultStatistics?.Median;
        if (median is not { } nanoseconds || benchmarkCase.Parameters["Shape"] is not ProductShape shape)
        {
            return "-";
        }

        var isSingle = benchmarkCase.Descriptor.Type.GenericTypeArguments.Contains(typeof(float));
        var peak = isSingle ? _peakSingle.Value : _peakDouble.Value;
        var speed = shape.Flops / nanoseconds * 1e9;
        return string.Create(CultureInfo.InvariantCulture, $"{speed / 1e9:F1} ({speed / peak:P0})");
    }

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => benchmark.Parameters["Shape"] is ProductShape);
}
