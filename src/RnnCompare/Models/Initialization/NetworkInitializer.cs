using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Numerics;

namespace RnnCompare.Models.Initialization;

/// <summary>The rules for the first values of all tensors of a network.</summary>
/// <remarks>
/// Every gate's block is drawn on its own, as the matrix (H, I) or (H, H) that it is. Draws are made in double precision in
/// the order of <see cref="RnnWeights{T}.Tensors"/>, gate by gate and row by row, so that a seed gives the same weights in
/// every precision, but for the rounding.
/// </remarks>
public sealed record NetworkInitializer
{
    /// <summary>For Wxh.</summary>
    public required MatrixInitializer Input { get; init; }

    /// <summary>For Whh.</summary>
    public required MatrixInitializer Recurrent { get; init; }

    /// <summary>For Why.</summary>
    public required MatrixInitializer Output { get; init; }

    /// <summary>For bh and bhn; zero unless said.</summary>
    public MatrixInitializer Bias { get; init; } = new ConstantInitializer();

    /// <summary>For by; zero unless said.</summary>
    public MatrixInitializer OutputBias { get; init; } = new ConstantInitializer();

    /// <summary>The forget gate's bias in place of <see cref="Bias"/>, often 1 (Gers et al. 2000, Jozefowicz et al. 2015); null leaves it.</summary>
    public double? ForgetBias { get; init; }

    /// <summary>Draws the weights of a network.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="random">The source of randomness.</param>
    /// <typeparam name="T">The precision.</typeparam>
    /// <exception cref="ArgumentException">A rule cannot fill a block of this network, or a forget bias is given and there is no forget gate.</exception>
    public RnnWeights<T> Create<T>(RnnSpec spec, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (ForgetBias is not null && !spec.Cell.HasForgetBias)
        {
            throw new ArgumentException($"ForgetBias is {ForgetBias}, but the {spec.Cell.Name} cell has no forget gate.", nameof(spec));
        }

        var weights = new RnnWeights<double>(spec);
        for (var layer = 0; layer < spec.Layers; layer++)
        {
            var tensors = spec.Cell.Tensors(spec.LayerInputSize(layer), spec.HiddenSize);
            for (var direction = 0; direction < spec.Directions; direction++)
            {
                Fill(weights.Layer(layer, reverse: direction == 1), tensors, random);
            }
        }

        var output = CellBlock.Matrix(spec.OutputSize, spec.FeatureSize);
        Fill(weights.Why, Output, [output], random);
        Fill(weights.by, OutputBias, [output.Bias()], random);
        return weights.Convert<T>();
    }

    private void Fill(LayerWeights<double> layer, IReadOnlyList<CellTensor> tensors, Random random)
    {
        foreach (var tensor in tensors)
        {
            var first = tensor.Blocks[0];
            Fill(layer[tensor.Name], !first.IsMatrix ? Bias : first.ReadsInput ? Input : Recurrent, tensor.Blocks, random);
        }
    }

    // A tensor is one or more blocks, one after the other.
    private void Fill(NdArray<double> tensor, MatrixInitializer rule, IEnumerable<CellBlock> blocks, Random random)
    {
        var start = 0;
        foreach (var block in blocks)
        {
            var destination = tensor.Span.Slice(start, block.Rows * block.Columns);
            start += destination.Length;
            if (block.Initial is { } initial && !(block.IsForgetBias && ForgetBias is not null))
            {
                destination.Fill(initial);
                continue;
            }

            // Rules draw with a row for each unit.
            var drawn = block.UnitsAreColumns
                ? rule.Draw(new(block.Columns, block.Rows, block.FanIn, block.FanOut), random).Transpose()
                : rule.Draw(new(block.Rows, block.Columns, block.FanIn, block.FanOut), random);
            drawn.Span.CopyTo(destination);
            if (block.IsForgetBias && ForgetBias is { } forgetBias)
            {
                destination.Fill(forgetBias);
            }
        }
    }
}
