using RnnCompare.Numerics;

namespace RnnCompare.Models.Initialization;

/// <summary>Every value is the scale.</summary>
public sealed record ConstantInitializer() : MatrixInitializer(scale: 0)
{
    private protected override NdArray<double> DrawUnit(WeightBlock block, Random random)
    {
        var ones = new NdArray<double>(block.Rows, block.Columns);
        ones.Span.Fill(1);
        return ones;
    }
}
