using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MigratedModel;

/// <summary>A GRU and a linear output layer.</summary>
public sealed class Model : nn.Module
{
    public const int InputSize = 3;
    public const int HiddenSize = 4;
    public const int OutputSize = 2;
    public const int Layers = 1;
    public const int Directions = 1;
    public const bool HasBias = true;
#if READ_OUT
    public const bool HasOutputBias = true;
#endif
#if TABLE
    public const int Vocabulary = 5;
#endif
    public const ScalarType Precision = ScalarType.Float64;

    private readonly GRU rnn;
#if READ_OUT
    private readonly Linear fc;
#endif
#if TABLE
    private readonly Embedding embedding;
#endif

    public Model()
        : base(nameof(Model))
    {
        rnn = nn.GRU(InputSize, HiddenSize, Layers, bias: HasBias, bidirectional: Directions == 2, dtype: Precision);
#if READ_OUT
        fc = nn.Linear(Directions * HiddenSize, OutputSize, hasBias: HasOutputBias, dtype: Precision);
#endif
#if TABLE
        embedding = nn.Embedding(Vocabulary, InputSize, dtype: Precision);
#endif
        RegisterComponents();
#if !GRU

        // The prototype has one bias where nn.GRU has two; the second stays zero.
        foreach (var (name, parameter) in named_parameters())
        {
            parameter.requires_grad_(!name.Contains("bias_hh", StringComparison.Ordinal));
        }
#endif
    }

#if GRU
    /// <summary>Clears the gradients of what is not a weight: nn.GRU has two biases for every gate, of which only the candidate needs both. To be called after backward, before clipping.</summary>
    public void MaskGradients()
    {
        foreach (var (_, bias) in named_parameters().Where(entry => entry.name.Contains("bias_hh", StringComparison.Ordinal)))
        {
            bias.grad?.narrow(0, 0, 2 * HiddenSize).fill_(0);
        }
    }

#endif
    /// <summary>Reads the weights of a file of TorchSharp's.</summary>
    public static Model Load(string path)
    {
        var model = new Model();
        model.load(path);
        return model;
    }

    /// <summary>Computes the outputs of a batch.</summary>
    /// <returns>The outputs, which for cross-entropy are logits, and the top layer's states (T, B, Directions·HiddenSize).</returns>
    public (Tensor Outputs, Tensor States) Forward(Batch batch)
    {
#if TABLE
        var x = embedding.call(batch.Inputs); // (T, B, InputSize)
#elif TOKENS
        var x = nn.functional.one_hot(batch.Inputs, InputSize).to_type(Precision); // (T, B, InputSize)
#else
        var x = batch.Inputs; // (T, B, InputSize)
#endif
        var h0 = batch.Hidden ?? zeros(Layers * Directions, x.shape[1], HiddenSize, dtype: Precision);
#if LENGTHS
        var packed = nn.utils.rnn.pack_padded_sequence(x, tensor(batch.Lengths!), enforce_sorted: false);
        var (packedStates, _) = rnn.call(packed, h0);
        var (states, _) = nn.utils.rnn.pad_packed_sequence(packedStates, total_length: x.shape[0]);
#else
        var (states, _) = rnn.call(x, h0);
#endif
#if !READ_OUT
        return (states, states);
#elif LAST_STEP
        return (fc.call(batch.LastStep(states)), states);
#else
        return (fc.call(states), states);
#endif
    }
}
