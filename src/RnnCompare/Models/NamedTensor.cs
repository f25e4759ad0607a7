using RnnCompare.Numerics;

namespace RnnCompare.Models;

/// <summary>A tensor of a network and the name that it has everywhere.</summary>
/// <param name="Name">For example <c>Whh.1r</c>.</param>
/// <param name="Values">The values, shared with the weights they belong to.</param>
/// <typeparam name="T">The element type.</typeparam>
public readonly record struct NamedTensor<T>(string Name, NdArray<T> Values)
    where T : unmanaged;
