using System.Numerics;

namespace RnnCompare.Numerics.Lanes;

/// <summary>An element-wise computation, written once for every vector width; a struct, or a ref struct that holds references to its operands.</summary>
public interface ILaneKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes the elements that begin at <paramref name="offset"/>, one lane of them.</summary>
    void Invoke<TLane>(nuint offset)
        where TLane : struct, ILane<TLane, T>;
}
