using System.Reflection;
using System.Runtime.CompilerServices;

namespace RnnCompare.SystemTorch.Tests.Signatures;

/// <summary>Types as C# writes them: full names, keywords for primitives, nullability, tuples with their names.</summary>
internal static class TypeNames
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    public static string Of(ParameterInfo parameter) =>
        Write(parameter.ParameterType, Nullability.Create(parameter), TupleNames(parameter));

    public static string Of(PropertyInfo property) =>
        Write(property.PropertyType, Nullability.Create(property), TupleNames(property));

    public static string Of(FieldInfo field) => Write(field.FieldType, Nullability.Create(field), TupleNames(field));

    /// <summary>A type that stands for itself: a declaring type, a base or an interface.</summary>
    public static string Of(Type type) => Write(type, null, new Queue<string?>());

    private static Queue<string?> TupleNames(ICustomAttributeProvider member)
    {
        var names = (TupleElementNamesAttribute?)member.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).FirstOrDefault();
        return new Queue<string?>(names?.TransformNames ?? []);
    }

    private static string Write(Type type, NullabilityInfo? info, Queue<string?> tupleNames)
    {
        if (type.IsByRef) return Write(type.GetElementType()!, info, tupleNames);
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Write(underlying, null, tupleNames) + "?";
        if (type.IsGenericParameter) return type.Name;
        string annotation = !type.IsValueType && info?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return $"{Write(type.GetElementType()!, info?.ElementType, tupleNames)}[{new string(',', type.GetArrayRank() - 1)}]{annotation}";
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword + annotation;

        Type[] arguments = type.GetGenericArguments();
        if (IsTuple(type)) return WriteTuple(arguments, info, tupleNames);
        string name = type.IsNested ? $"{Of(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        if (arguments.Length == 0) return name + annotation;
        IEnumerable<string> written = arguments.Select((argument, i) => Write(argument, Argument(info, i), tupleNames));
        return $"{name[..name.IndexOf('`')]}<{string.Join(", ", written)}>{annotation}";
    }

    private static string WriteTuple(Type[] elements, NullabilityInfo? info, Queue<string?> tupleNames)
    {
        string?[] names = [.. elements.Select(_ => tupleNames.TryDequeue(out string? name) ? name : null)];
        string[] written = [.. elements.Select((element, i) => Write(element, Argument(info, i), tupleNames))];
        // The list of TorchSharp's signatures writes a tuple of type parameters as the type that it is.
        return elements.Any(element => element.IsGenericParameter)
            ? $"System.ValueTuple<{string.Join(", ", written)}>"
            : $"({string.Join(", ", written.Select((type, i) => names[i] is null ? type : $"{type} {names[i]}"))})";
    }

    private static bool IsTuple(Type type) =>
        type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) != false
        && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);

    private static NullabilityInfo? Argument(NullabilityInfo? info, int index) =>
        index < info?.GenericTypeArguments.Length ? info.GenericTypeArguments[index] : null;
}
