namespace RnnCompare.Prototypes.Onnx;

/// <summary>A model of the Open Neural Network Exchange format, as far as recurrent networks need it.</summary>
public sealed record OnnxModel
{
    /// <summary>The version of the operators.</summary>
    public required long OperatorSet { get; init; }

    /// <summary>What runs, in an order in which every input is there before it is used.</summary>
    public required IReadOnlyList<OnnxNode> Nodes { get; init; }

    /// <summary>The constants, by name.</summary>
    public required IReadOnlyDictionary<string, OnnxTensor> Constants { get; init; }

    /// <summary>What enters.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    /// <summary>What leaves.</summary>
    public required IReadOnlyList<OnnxValue> Outputs { get; init; }
}

/// <summary>One operator's use.</summary>
/// <param name="Operator">The operator, for example <c>LSTM</c>.</param>
/// <param name="Inputs">The names of its inputs; empty for one that is left out.</param>
/// <param name="Outputs">The names of its outputs; empty for one that nobody needs.</param>
public sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>The node's name, in messages.</summary>
    public string Name { get; init; } = "";

    /// <summary>Attributes, by name: <see cref="long"/>, <see cref="float"/>, <see cref="string"/>, lists of these, or a tensor. Others are left out.</summary>
    public IReadOnlyDictionary<string, object> Attributes { get; init; } = new Dictionary<string, object>();

    /// <summary>The node in messages.</summary>
    public string Label => Name.Length > 0 ? $"{Operator} '{Name}'" : Operator;
}

/// <summary>A constant. Real numbers are held in float64, whole ones as they are.</summary>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Reals">The elements of float and double tensors, row-major; empty for others.</param>
/// <param name="Integers">The elements of int64 tensors; empty for others.</param>
public sealed record OnnxTensor(IReadOnlyList<int> Shape, double[] Reals, long[] Integers)
{
    /// <summary>Whether the elements are 32-bit in the file, where they are real.</summary>
    public bool IsSingle { get; init; } = true;
}

/// <summary>An input or output of the whole model: float32, with a name or a length for each axis.</summary>
/// <param name="Name">The name.</param>
/// <param name="Axes">Names, such as <c>T</c>, and numbers.</param>
public sealed record OnnxValue(string Name, IReadOnlyList<string> Axes);
