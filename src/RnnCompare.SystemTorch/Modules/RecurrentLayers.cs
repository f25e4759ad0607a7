using RnnCompare.SystemTorch.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>
/// What RNN, LSTM and GRU share: the weights of all layers and directions in libtorch's flat order (per layer and direction
/// weight_ih, weight_hh, bias_ih, bias_hh), and the call of the fused operator on padded and on packed input.
/// </summary>
internal sealed class RecurrentLayers
{
    private readonly nn.Module owner;
    private readonly RecurrentOptions options;
    private readonly Operator padded;
    private readonly Operator packed;
    private readonly int states;
    private readonly Parameter[] weights;

    /// <summary>
    /// Draws all weights uniform in ±1/√hiddenSize, in their flat order, and registers them with <paramref name="owner"/>.
    /// Every weight has <paramref name="gates"/> blocks of rows (1 plain, 3 GRU, 4 LSTM), every layer as many state tensors
    /// as <paramref name="states"/> says (LSTM 2, otherwise 1).
    /// </summary>
    public RecurrentLayers(nn.Module owner, RecurrentOptions options, Operator padded, Operator packed, int gates, int states)
    {
        (this.owner, this.options, this.padded, this.packed, this.states) = (owner, options, padded, packed, states);
        long rows = gates * options.HiddenSize;
        double bound = 1 / Math.Sqrt(options.HiddenSize);
        var flat = new List<Parameter>();
        for (long layer = 0; layer < options.Layers; layer++)
        {
            long columns = layer == 0 ? options.InputSize : options.HiddenSize * options.Directions;
            for (long direction = 0; direction < options.Directions; direction++)
            {
                string suffix = $"_l{layer}{(direction == 0 ? "" : "_reverse")}";
                Add("weight_ih" + suffix, rows, columns);
                Add("weight_hh" + suffix, rows, options.HiddenSize);
                if (!options.Bias) continue;
                Add("bias_ih" + suffix, rows);
                Add("bias_hh" + suffix, rows);
            }
        }

        weights = [.. flat];

        void Add(string name, params long[] shape)
        {
            Parameter weight = nn.Uniform(shape, bound, options.Type);
            owner.register_parameter(name, weight);
            flat.Add(weight);
        }
    }

    /// <summary>
    /// A new reference to one weight, or null for a bias of layers without. <paramref name="index"/> is layer times directions
    /// plus direction; <paramref name="kind"/> is 0 weight_ih, 1 weight_hh, 2 bias_ih, 3 bias_hh.
    /// </summary>
    public Parameter? Weight(long index, int kind)
    {
        if (index < 0 || index >= options.Layers * options.Directions)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {options.Layers * options.Directions} layers and directions.");
        if (kind >= 2 && !options.Bias) return null;
        return new Parameter(weights[(index * (options.Bias ? 4 : 2)) + kind].ShareHandle());
    }

    /// <summary>Output (T, B, D·H) and final states (L·D, B, H) of a padded batch.</summary>
    public Tensor[] Run(Tensor input, Tensor[]? initial)
    {
        Tensor[] state = initial ?? Zeros(input, input.shape[options.BatchFirst ? 0 : 1]);
        try
        {
            return padded.CallForAll(
                input, StateArgument(state), weights, options.Bias, options.Layers, options.Dropout, owner.training,
                options.Directions == 2, options.BatchFirst);
        }
        finally
        {
            if (initial is null) Dispose(state);
        }
    }

    /// <summary>The same of packed sequences; states stand in the order in which the batch was before packing.</summary>
    public (PackedSequence Output, Tensor[] Final) Run(PackedSequence input, Tensor[]? initial)
    {
        using Tensor largest = input.batch_sizes.select(0, 0);
        Tensor[] state = initial is null ? Zeros(input.data, largest.item<long>()) : Reorder(initial, input.sorted_indices);
        Tensor[] results = packed.CallForAll(
            input.data, input.batch_sizes, StateArgument(state), weights, options.Bias, options.Layers, options.Dropout,
            owner.training, options.Directions == 2);
        Dispose(state);
        Tensor[] final = Reorder(results[1..], input.unsorted_indices);
        Dispose(results[1..]);
        return (input.With(results[0]), final);
    }

    private static Argument StateArgument(Tensor[] state) => state.Length == 1 ? state[0] : state;

    private static Tensor[] Reorder(Tensor[] states, Tensor indices) =>
        Array.ConvertAll(states, state => indices.IsInvalid ? state.Alias() : state.index_select(1, indices));

    private static void Dispose(Tensor[] tensors)
    {
        foreach (Tensor tensor in tensors) tensor.Dispose();
    }

    private Tensor[] Zeros(Tensor like, long batch) =>
        [.. Enumerable.Range(0, states).Select(_ => like.new_zeros(options.Layers * options.Directions, batch, options.HiddenSize))];
}
