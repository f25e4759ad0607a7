using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>A text cut into B streams side by side, read in windows of T characters.</summary>
/// <remarks>Targets are the characters one step on. As in min-char-rnn (Karpathy 2015), a pass ends while one more character is left.</remarks>
internal sealed class CharacterStreams
{
    private readonly Tokens _tokens;
    private readonly int _streams;
    private readonly int _streamLength;
    private readonly int _window;

    /// <summary>Cuts a text.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="length">How many of its first characters.</param>
    /// <param name="streams">B.</param>
    /// <param name="window">T.</param>
    public CharacterStreams(Tokens tokens, int length, int streams, int window)
    {
        _tokens = tokens;
        _streams = streams;
        _streamLength = length / streams;
        _window = window;
    }

    /// <summary>How many windows a pass over the text has.</summary>
    public int Windows => (_streamLength - 2) / _window;

    /// <summary>A window of all streams; state is carried from each to the next of the same pass.</summary>
    public TaskBatch<T> Window<T>(int index)
        where T : unmanaged, INumber<T>
    {
        var (inputs, targets) = (new NdArray<long>(_window, _streams), new NdArray<long>(_window, _streams));
        for (var stream = 0; stream < _streams; stream++)
        {
            var start = (stream * _streamLength) + (index * _window);
            for (var t = 0; t < _window; t++)
            {
                inputs[t, stream] = _tokens[start + t];
                targets[t, stream] = _tokens[start + t + 1];
            }
        }

        return new(new() { Inputs = new(inputs), Targets = new(targets) }, Continues: index > 0);
    }
}
