using System.Numerics;
using RnnCompare.Numerics;
using RnnCompare.Numerics.Products;

namespace RnnCompare.Cells;

/// <summary>Whh of one layer and direction, packed once per training step for the two products inside the time loop.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class RecurrentWeights<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IReadOnlyList<GateBlock> _blocks;
    private readonly PackedMatrix<T>[] _forward;
    private readonly PackedMatrix<T>[] _backward;

    /// <summary>Prepares for the blocks that a cell multiplies with.</summary>
    public RecurrentWeights(HandWrittenCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        _blocks = cell.RecurrentBlocks;
        _forward = [.. _blocks.Select(_ => new PackedMatrix<T>())];
        _backward = [.. _blocks.Select(_ => new PackedMatrix<T>())];
    }

    /// <summary>Takes over the values of Whh (G·H, H) for the forward products.</summary>
    public void PackForward(NdArray<T> Whh)
    {
        ArgumentNullException.ThrowIfNull(Whh);
        for (var i = 0; i < _blocks.Count; i++)
        {
            _forward[i].Pack(Block(Whh, _blocks[i]).Transposed);
        }
    }

    /// <summary>Takes over the values of Whh (G·H, H) for the backward products.</summary>
    public void PackBackward(NdArray<T> Whh)
    {
        ArgumentNullException.ThrowIfNull(Whh);
        for (var i = 0; i < _blocks.Count; i++)
        {
            _backward[i].Pack(Block(Whh, _blocks[i]));
        }
    }

    /// <summary>z += h·Whhᵀ, for cells of one block.</summary>
    public void AddForward(MatrixView<T> h, MatrixView<T> z) => AddForward(0, h, z);

    /// <summary>z += h·Whhᵀ over the gates of one block.</summary>
    /// <param name="block">The block's index in <see cref="HandWrittenCell.RecurrentBlocks"/>.</param>
    /// <param name="h">(B, H).</param>
    /// <param name="z">(B, gates of the block · H), added to.</param>
    public void AddForward(int block, MatrixView<T> h, MatrixView<T> z) => MatrixProduct.AddProduct(h, _forward[block], z);

    /// <summary>dh += dz·Whh, for cells of one block.</summary>
    public void AddBackward(MatrixView<T> dz, MatrixView<T> dh) => AddBackward(0, dz, dh);

    /// <summary>dh += dz·Whh over the gates of one block.</summary>
    /// <param name="block">The block's index in <see cref="HandWrittenCell.RecurrentBlocks"/>.</param>
    /// <param name="dz">(B, gates of the block · H).</param>
    /// <param name="dh">(B, H), added to.</param>
    public void AddBackward(int block, MatrixView<T> dz, MatrixView<T> dh) => MatrixProduct.AddProduct(dz, _backward[block], dh);

    private static MatrixView<T> Block(NdArray<T> Whh, GateBlock block)
    {
        var hiddenSize = Whh.Columns;
        return Whh.View().RowRange(block.FirstGate * hiddenSize, block.Count * hiddenSize);
    }
}
