using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RnnCompare.SystemTorch.Tests.Signatures;

/// <summary>Writes what a type shows to other assemblies, one line per member: <c>Type.member(parameters) :: modifiers type</c>.</summary>
internal static class MemberLines
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    public static IEnumerable<string> Of(Type type)
    {
        string owner = TypeNames.Of(type);
        IEnumerable<string?> lines = type.GetMembers(Declared).Select(member => member switch
        {
            ConstructorInfo constructor when IsVisible(constructor) => $"..ctor({Parameters(constructor)}) :: {Access(constructor)} constructor",
            MethodInfo method when IsVisible(method) && !IsAccessor(method) =>
                $".{method.Name}{TypeParameters(method)}({Parameters(method)}) :: {Modifiers(method)} {TypeNames.Of(method.ReturnParameter)}{Constraints(method.GetGenericArguments())}",
            PropertyInfo property when IsVisible(property.GetMethod!) =>
                $".{property.Name} :: {Modifiers(property.GetMethod!)} {TypeNames.Of(property)} {{ get; {(IsVisible(property.SetMethod) ? "set; " : "")}}}",
            FieldInfo field when IsVisible(field) && !field.IsSpecialName => FieldLine(field),
            _ => null,
        });
        return lines.OfType<string>().Select(line => owner + line);
    }

    /// <summary>What the type is, without its bases: <c>sealed class</c>, <c>enum : int</c>.</summary>
    public static string Kind(Type type)
    {
        if (type.IsEnum) return $"enum : {TypeNames.Of(type.GetEnumUnderlyingType())}";
        if (type.IsInterface) return "interface";
        string modifier = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return modifier + "class";
    }

    private static string FieldLine(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum)
            return $".{field.Name} :: enum value = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
        string access = field.IsPublic ? "public" : "protected";
        return $".{field.Name} :: {access} {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}field {TypeNames.Of(field)}";
    }

    private static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal));

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic) return Access(method) + " static";
        if (method.DeclaringType!.IsInterface || !method.IsVirtual || method.IsFinal) return Access(method);
        bool isNew = method.GetBaseDefinition() == method;
        return $"{Access(method)} {(method.IsAbstract ? "abstract" : isNew ? "virtual" : "override")}";
    }

    private static string TypeParameters(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeNames.Of))}>" : "";

    public static string Constraints(IEnumerable<Type> parameters) => string.Concat(parameters.Select(parameter =>
    {
        bool unmanaged = parameter.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsUnmanagedAttribute");
        string[] bounds = unmanaged ? ["unmanaged"] : [.. parameter.GetGenericParameterConstraints().Select(TypeNames.Of)];
        return bounds.Length == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", bounds)}";
    }));

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
    {
        string prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : parameter.Position == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this "
            : parameter.ParameterType.IsByRef ? (parameter.IsOut ? "out " : "ref ") : "";
        return $"{prefix}{TypeNames.Of(parameter)} {parameter.Name}{Default(parameter)}";
    }));

    private static string Default(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue) return "";
        Type type = parameter.ParameterType;
        string value = parameter.DefaultValue switch
        {
            null when type.IsValueType && Nullable.GetUnderlyingType(type) is null => "default",
            null => "null",
            bool flag => flag ? "true" : "false",
            string text => $"\"{text}\"",
            long number when !type.IsEnum => $"{number}L",
            float number => number.ToString(CultureInfo.InvariantCulture) + "f",
            double number => number.ToString(CultureInfo.InvariantCulture) + "d",
            object number when type.IsEnum => $"{TypeNames.Of(type)}.{Enum.GetName(type, number)}",
            object other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
        };
        return " = " + value;
    }
}
