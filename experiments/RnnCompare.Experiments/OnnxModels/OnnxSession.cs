using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>Runs models by ONNX Runtime.</summary>
internal static class OnnxSession
{
    /// <summary>Runs a model once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">Its inputs, float32 or int64.</param>
    /// <param name="outputs">The values that are wanted: outputs of the model.</param>
    /// <param name="source">What messages call the model.</param>
    /// <returns>The values, in the order in which they were asked for.</returns>
    /// <exception cref="InputException">ONNX Runtime is not there, or cannot run the model; the message says why.</exception>
    public static IReadOnlyList<NdArray<float>> Run(ModelProto model, IReadOnlyDictionary<string, OnnxInput> inputs, IReadOnlyList<string> outputs, string source)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            using var session = new InferenceSession(model.ToByteArray(), options);
            using var run = new RunOptions();
            using var values = new DisposableValues(inputs.ToDictionary(entry => entry.Key, entry => entry.Value.ToValue()));
            using var results = session.Run(run, values.ByName, outputs);
            return [.. results.Zip(outputs, (value, name) => Read(value, name, source))];
        }
        catch (OnnxRuntimeException error)
        {
            throw new InputException($"{source}: ONNX Runtime cannot run it: {OneLine(error.Message)}", error);
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException)
        {
            throw new InputException($"{source}: ONNX Runtime's library cannot be loaded: {OneLine((error.InnerException ?? error).Message)}", error);
        }
    }

    private static NdArray<float> Read(OrtValue value, string name, string source)
    {
        var info = value.GetTensorTypeAndShape();
        return info.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float
            ? new(value.GetTensorDataAsSpan<float>().ToArray(), [.. info.Shape.Select(length => (int)length)])
            : throw new InputException($"{source}: {name} has elements of type {info.ElementDataType}, expected Float.");
    }

    private static string OneLine(string message) => message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[0];

    private sealed class DisposableValues(Dictionary<string, OrtValue> values) : IDisposable
    {
        public IReadOnlyDictionary<string, OrtValue> ByName => values;

        public void Dispose()
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }
        }
    }
}

/// <summary>A value that enters a model: real numbers, or whole ones.</summary>
/// <param name="Reals">Real numbers; null where there are whole ones.</param>
/// <param name="Integers">Whole numbers; null where there are real ones.</param>
internal sealed record OnnxInput(NdArray<float>? Reals, NdArray<long>? Integers = null)
{
    /// <summary>As ONNX Runtime takes it.</summary>
    public OrtValue ToValue() => Reals is { } reals ? Value(reals) : Value(Integers!);

    private static OrtValue Value<T>(NdArray<T> values)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(values.Data, [.. values.Shape.ToArray().Select(length => (long)length)]);
}
