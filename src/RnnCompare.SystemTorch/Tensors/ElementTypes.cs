using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which .NET type a tensor's elements are.</summary>
internal static class ElementTypes
{
    public static ScalarType Of(Type element) => Type.GetTypeCode(element) switch
    {
        TypeCode.Byte => ScalarType.Byte,
        TypeCode.SByte => ScalarType.Int8,
        TypeCode.Int16 => ScalarType.Int16,
        TypeCode.Int32 => ScalarType.Int32,
        TypeCode.Int64 => ScalarType.Int64,
        TypeCode.Single => ScalarType.Float32,
        TypeCode.Double => ScalarType.Float64,
        TypeCode.Boolean => ScalarType.Bool,
        _ => throw new NotSupportedException($"{element.Name} is no element type of a tensor here."),
    };
}
