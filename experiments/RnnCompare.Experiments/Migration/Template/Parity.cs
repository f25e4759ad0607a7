using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace MigratedModel;

/// <summary>Compares the model with what the prototype computed on one batch, which parity.dat holds.</summary>
/// <remarks>
/// A tensor agrees where each of its parts (gates; steps of time) lies within Limit times what rounding alone does to that part; those
/// distances were measured on this batch, and stand in the file beside the values.
/// </remarks>
public static class Parity
{
    private const double Limit = 16;
    private const int Steps = 5;

    /// <summary>Outputs, states and loss.</summary>
    /// <param name="folder">Where weights.dat and parity.dat are.</param>
    /// <returns>One line for each tensor that differs.</returns>
    public static IReadOnlyList<string> Outputs(string folder)
    {
        using var scope = NewDisposeScope();
        var (model, record) = (Model.Load(Path.Combine(folder, "weights.dat")), Read(folder));
        return Forward(model, record);
    }

    /// <summary>The same without gradient tracking, as a trained model is used.</summary>
    /// <param name="folder">Where weights.dat and parity.dat are.</param>
    public static IReadOnlyList<string> Inference(string folder)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (model, record) = (Model.Load(Path.Combine(folder, "weights.dat")), Read(folder));
        model.eval();
        return Forward(model, record);
    }

    /// <summary>The gradient of every parameter; zero where nothing flows back to it.</summary>
    /// <param name="folder">Where weights.dat and parity.dat are.</param>
    public static IReadOnlyList<string> Gradients(string folder)
    {
        using var scope = NewDisposeScope();
        var (model, record) = (Model.Load(Path.Combine(folder, "weights.dat")), Read(folder));
        Training.Differentiate(model, BatchOf(record));
        return Compare(record, "gradient", model.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => (entry.name, entry.parameter.grad ?? zeros_like(entry.parameter))));
    }

    /// <summary>Every parameter after some steps of training.</summary>
    /// <param name="folder">Where weights.dat and parity.dat are.</param>
    public static IReadOnlyList<string> Trained(string folder)
    {
        using var scope = NewDisposeScope();
        var (model, record) = (Model.Load(Path.Combine(folder, "weights.dat")), Read(folder));
        using var optimizer = Training.CreateOptimizer(model);
        var batch = BatchOf(record);
        for (var step = 0; step < Steps; step++)
        {
            Training.Step(model, optimizer, batch);
        }

        return Compare(record, "trained", model.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => (entry.name, (Tensor)entry.parameter)));
    }

    private static IReadOnlyList<string> Forward(Model model, Dictionary<string, Tensor> record)
    {
        var batch = BatchOf(record);
        var (outputs, states) = model.Forward(batch);
        var loss = Training.Loss(outputs, batch);
#if LENGTHS
        // What lies past a sequence's end is nobody's business.
        var active = stack(Enumerable.Range(0, (int)states.shape[0]).Select(step => batch.IsActive(step)), 0); // (T, B, 1)
        states = states.where(active, 0.0);
#if !LAST_STEP
        outputs = outputs.where(active, 0.0);
#endif
#endif
        return Compare(record, "forward", [("outputs", outputs), ("states", states), ("loss", loss)]);
    }

    private static Batch BatchOf(Dictionary<string, Tensor> record)
    {
        return new(record["batch/inputs"], record["batch/targets"])
        {
            Hidden = record.GetValueOrDefault("batch/hidden"),
            Cell = record.GetValueOrDefault("batch/cell"),
#if WEIGHTED
            Weights = record["batch/weights"],
#endif
#if LENGTHS
            Lengths = record["batch/lengths"].data<long>().ToArray(),
#endif
        };
    }

    // The format of weights.dat: the number of tensors, then for each its name and the tensor.
    private static Dictionary<string, Tensor> Read(string folder)
    {
        using var reader = new BinaryReader(File.OpenRead(Path.Combine(folder, "parity.dat")));
        var record = new Dictionary<string, Tensor>();
        for (var left = reader.Read7BitEncodedInt64(); left > 0; left--)
        {
            record.Add(reader.ReadString(), TensorExtensionMethods.Load(reader));
        }

        return record;
    }

    private static IReadOnlyList<string> Compare(Dictionary<string, Tensor> record, string kind, IEnumerable<(string Name, Tensor Values)> found)
    {
        return [.. found.Select(entry => Mismatch($"{kind} {entry.Name}", record[$"{kind}/{entry.Name}"], entry.Values, record[$"rounding/{kind}/{entry.Name}"])).OfType<string>()];
    }

    // ‖found − expected‖ of each part, beside what rounding does to it.
    private static string? Mismatch(string name, Tensor expected, Tensor found, Tensor rounding)
    {
        if (!expected.shape.SequenceEqual(found.shape))
        {
            return $"{name} is ({string.Join(", ", found.shape)}), expected ({string.Join(", ", expected.shape)}).";
        }

        var (right, actual) = (Doubles(expected), Doubles(found));
        var difference = (actual - right).view(rounding.numel(), -1);
        var units = difference.norm(1) / rounding;
        units = units.where(difference.norm(1) != 0, 0.0);
        var part = units.argmax().item<long>();
        var worst = units[part].item<double>();
        if (worst <= Limit)
        {
            return null;
        }

        var position = (part * difference.shape[1]) + difference[part].abs().argmax().item<long>();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}{Element(expected.shape, position)} is {actual[position].item<double>():r}, expected {right[position].item<double>():r}: {worst:0.#} times what rounding does, more than {Limit}");
    }

    private static Tensor Doubles(Tensor tensor) => tensor.detach().to_type(ScalarType.Float64).flatten();

    private static string Element(long[] shape, long position)
    {
        var index = new long[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
        }

        return index.Length == 0 ? "" : $"[{string.Join(", ", index)}]";
    }
}
