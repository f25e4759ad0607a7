using System.Reflection;
using System.Runtime.Loader;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Experiments.Slips;

/// <summary>Runs a compiled program and takes what it saves.</summary>
internal static class CompiledProgram
{
    /// <summary>Loads a program for one run.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="name">The class.</param>
    /// <param name="seed">What its method <c>Run</c> receives.</param>
    /// <returns>Its arrays; null where it ends with an exception.</returns>
    public static NamedArrays? Run(byte[] image, string name, int seed)
    {
        var context = new AssemblyLoadContext(name, isCollectible: true);
        try
        {
            var run = context.LoadFromStream(new MemoryStream(image)).GetType($"RnnCompare.Programs.{name}")!.GetMethod("Run")!;
            return Saved((Dictionary<string, object>)run.Invoke(null, [seed])!);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
        finally
        {
            context.Unload();
        }
    }

    private static NamedArrays Saved(Dictionary<string, object> arrays)
    {
        var saved = new NamedArrays();
        foreach (var (name, value) in arrays)
        {
            switch (value)
            {
                case string text:
                    saved.Add(name, text);
                    break;
                case double number:
                    saved.Add(name, new NdArray<double>([number]));
                    break;
                case Array array when ElementOf(array) == typeof(int):
                    saved.Add(name, new NdArray<long>([.. Flat(array).Select(element => (long)(int)element)], [.. Shape(array)]));
                    break;
                case Array array:
                    saved.Add(name, new NdArray<double>([.. Flat(array).Cast<double>()], [.. Shape(array)]));
                    break;
                default:
                    throw new InvalidOperationException($"{name} is {value.GetType()}, which files cannot hold.");
            }
        }

        return saved;
    }

    // Arrays of arrays are as good as arrays with several axes, where their rows have one length.
    private static IEnumerable<object> Flat(Array array) => array.Cast<object>().SelectMany(element => element is Array inner ? Flat(inner) : [element]);

    private static IEnumerable<int> Shape(Array array)
    {
        var own = Enumerable.Range(0, array.Rank).Select(array.GetLength);
        return array.GetType().GetElementType()!.IsArray ? own.Concat(Shape((Array)array.GetValue(0)!)) : own;
    }

    private static Type ElementOf(Array array)
    {
        var element = array.GetType().GetElementType()!;
        while (element.IsArray)
        {
            element = element.GetElementType()!;
        }

        return element;
    }
}
