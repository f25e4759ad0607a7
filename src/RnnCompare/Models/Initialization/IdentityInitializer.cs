using RnnCompare.Numerics;

namespace RnnCompare.Models.Initialization;

/// <summary>The identity times the scale: a relu network that begins by keeping its state (IRNN; Le, Jaitly &amp; Hinton 2015).</summary>
public sealed record IdentityInitializer() : MatrixInitializer(scale: 1)
{
    private protected override NdArray<double> DrawUnit(WeightBlock block, Random random)
    {
        var identity = new NdArray<double>(block.Rows, block.Columns);
        for (var i = 0; i < Math.Min(block.Rows, block.Columns); i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }
}
