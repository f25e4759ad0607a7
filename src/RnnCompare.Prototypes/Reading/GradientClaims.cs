using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>The gradient of one canonical tensor as the arrays of a prototype have it, perhaps in parts.</summary>
internal sealed class GradientClaims
{
    private readonly NdArray<double> _values;
    private readonly bool[] _isGiven;
    private readonly int[] _owner;
    private readonly int[] _position;
    private readonly List<string> _names = [];

    private GradientClaims(string tensor, int[] shape)
    {
        Tensor = tensor;
        _values = new(shape);
        _isGiven = new bool[_values.Length];
        _owner = new int[_values.Length];
        _position = new int[_values.Length];
    }

    /// <summary>The weight.</summary>
    public string Tensor { get; }

    /// <summary>The prototype's arrays of the gradient.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The arrays of the weight that have no gradient.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Reads the gradients of all tensors that have one; those of second biases too.</summary>
    /// <exception cref="InvalidDataException">A gradient has not the size of its weight.</exception>
    public static IReadOnlyList<GradientClaims> Of(NamedArrays arrays, NetworkReading network)
    {
        var weights = new RnnWeights<double>(network.Spec);
        List<GradientClaims> claims = [];
        foreach (var tensor in network.Tensors)
        {
            var claim = new GradientClaims(tensor, ShapeOf(tensor, weights, network));
            foreach (var block in network.Blocks.Where(block => block.Tensors.Contains(tensor)))
            {
                claim.Add(arrays, network, block);
            }

            if (claim.Names.Count > 0)
            {
                claims.Add(claim);
            }
        }

        return claims;
    }

    /// <summary>How far the gradient is off, relatively.</summary>
    public double Distance(RnnWeights<double> gradients, double factor, double decay, RnnWeights<double> weights)
    {
        return Trial.DistanceOf(Values(gradients, factor, decay, weights).Span, Right(gradients, factor).Span);
    }

    /// <summary>The claim without the part of a weight decay; where the prototype says nothing, what is right.</summary>
    public NdArray<double> Values(RnnWeights<double> gradients, double factor, double decay, RnnWeights<double> weights)
    {
        var right = Right(gradients, factor);
        var values = new NdArray<double>([.. _values.Shape]);
        var own = decay == 0 ? null : weights[Tensor].Data;
        for (var i = 0; i < values.Length; i++)
        {
            values.Data[i] = _isGiven[i] ? _values.Data[i] - (own is null ? 0 : decay * own[i]) : right.Data[i];
        }

        return values;
    }

    /// <summary>The gradient as a claim that knows its places in the prototype's arrays.</summary>
    public PrototypeArray<double> As(string name, NamedArrays arrays, NdArray<double> values, Func<string, string> own)
    {
        string[] owners = [.. _names.Select(own)];
        return new(TensorNames.Gradient(Tensor), name, _names.Select(owner => arrays[owner].ElementType).Min(), values, [.. owners.Zip(_names, (shown, stored) => (shown, (int[])[.. arrays[stored].Shape]))], _owner, _position);
    }

    private static int[] ShapeOf(string tensor, RnnWeights<double> weights, NetworkReading network)
    {
        return tensor.StartsWith(SecondBias.Name, StringComparison.Ordinal)
            ? [(network.Cell.Gates.Count - (network.Cell.HasCandidateBias ? 1 : 0)) * network.HiddenSize]
            : [.. weights[tensor].Shape];
    }

    private NdArray<double> Right(RnnWeights<double> gradients, double factor)
    {
        var isSecond = Tensor.StartsWith(SecondBias.Name, StringComparison.Ordinal);
        var right = isSecond ? gradients[TensorNames.Bh + Tensor[SecondBias.Name.Length..]].Data[.._values.Length] : gradients[Tensor].Data;
        return new([.. right.Select(value => factor * value)], [.. _values.Shape]);
    }

    private void Add(NamedArrays arrays, NetworkReading network, Block block)
    {
        if (!arrays.TryGet(TensorNames.Gradient(block.Array), out var gradient))
        {
            Missing.Add(block.Array);
            return;
        }

        var own = arrays.Get<double>(TensorNames.Gradient(block.Array));
        if (own.Length != arrays.Get<double>(block.Array).Length || own.Rank == 2 && arrays[block.Array].Shape.Length == 2 && own.Columns != arrays[block.Array].Shape[^1] && own.Columns != 1 && own.Rows != 1)
        {
            throw new ArrayName(arrays.Source, TensorNames.Gradient(block.Array)).Refuse($"is {gradient.ShapeText}, expected {arrays[block.Array].ShapeText}, the shape of {block.Array}.");
        }

        _names.Add(TensorNames.Gradient(block.Array));
        foreach (var (canonical, place, gate) in block.Places(Tensor))
        {
            _values.Data[canonical] = network.Sign(gate, Tensor) * own.Data[place];
            (_isGiven[canonical], _owner[canonical], _position[canonical]) = (true, _names.Count - 1, place);
        }
    }
}
