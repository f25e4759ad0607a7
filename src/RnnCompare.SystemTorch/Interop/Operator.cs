using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Interop;

/// <summary>An ATen operator, found by its schema's name and overload at its first call.</summary>
[SkipLocalsInit]
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int MaxResults = 4;
    private const int StackItems = 64;

    private nint handle;

    /// <summary>Calls an operator that returns one tensor.</summary>
    public Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Invoke(arguments, results);
        return TensorOf(results[0]);
    }

    public (Tensor First, Tensor Second) CallForTwo(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Invoke(arguments, results);
        return (TensorOf(results[0]), TensorOf(results[1]));
    }

    /// <summary>Calls an operator that returns some tensors, and gives them all.</summary>
    public Tensor[] CallForAll(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        var tensors = new Tensor[Invoke(arguments, results)];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = TensorOf(results[i]);
        return tensors;
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    public Tensor[] CallForList(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Invoke(arguments, results);
        var items = new ReadOnlySpan<nint>((void*)results[0].Bits, checked((int)results[0].Length));
        var tensors = new Tensor[items.Length];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(new TensorHandle(items[i]));
        return tensors;
    }

    /// <summary>Calls an operator that returns a boolean.</summary>
    public bool CallForBoolean(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Invoke(arguments, results);
        return results[0].Bits != 0;
    }

    /// <summary>Calls an operator that changes its first argument in place.</summary>
    public void CallInPlace(params ReadOnlySpan<Argument> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        if (Invoke(arguments, results) > 0) NativeMethods.tensor_release((nint)results[0].Bits);
    }

    private static Tensor TensorOf(in Value value) => new(new TensorHandle((nint)value.Bits));

    private int Invoke(ReadOnlySpan<Argument> arguments, Value* results)
    {
        if (handle == 0) handle = Find();
        Value* values = stackalloc Value[arguments.Length];
        int items = ListItems(arguments);
        Span<long> list = items <= StackItems ? stackalloc long[StackItems] : new long[items];
        int held = 0;
        fixed (long* first = list)
        {
            try
            {
                long* next = first;
                for (; held < arguments.Length; held++) values[held] = Hold(arguments[held], ref next);
                int count = NativeMethods.operator_call(handle, values, arguments.Length, results, MaxResults);
                NativeError.ThrowIfNegative(count);
                return count;
            }
            finally
            {
                foreach (ref readonly Argument argument in arguments[..held]) Release(argument);
            }
        }
    }

    private nint Find()
    {
        nint found = NativeMethods.operator_find("aten::" + name, overload);
        if (found == 0) NativeError.Throw();
        return found;
    }

    private static int ListItems(ReadOnlySpan<Argument> arguments)
    {
        int items = 0;
        foreach (ref readonly Argument argument in arguments)
            if (argument.Reference is Array list) items += list.Length;
        return items;
    }

    /// <summary>The native form of an argument, whose tensors stay alive until <see cref="Release"/>.</summary>
    private static Value Hold(in Argument argument, ref long* next)
    {
        var value = new Value { Kind = argument.Kind, Bits = argument.Bits };
        switch (argument.Reference)
        {
            case TensorHandle tensor:
                value.Bits = tensor.Hold();
                break;
            case TensorHandle[] tensors:
                (value.Bits, value.Length) = ((long)next, tensors.Length);
                foreach (TensorHandle tensor in tensors) *next++ = tensor.Hold();
                break;
            case long[] integers:
                (value.Bits, value.Length) = ((long)next, integers.Length);
                foreach (long integer in integers) *next++ = integer;
                break;
        }

        return value;
    }

    private static void Release(in Argument argument)
    {
        if (argument.Reference is TensorHandle single) single.DangerousRelease();
        else if (argument.Reference is TensorHandle[] tensors)
            foreach (TensorHandle tensor in tensors) tensor.DangerousRelease();
    }
}
