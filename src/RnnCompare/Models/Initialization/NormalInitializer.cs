using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Models.Initialization;

/// <summary>Independent normal values with mean 0; the scale is their standard deviation.</summary>
public sealed record NormalInitializer() : MatrixInitializer(scale: 0.01)
{
    private protected override NdArray<double> DrawUnit(WeightBlock block, Random random) => random.NextNormals(block.Rows, block.Columns);
}
