using System.Reflection;
using System.Reflection.Emit;

namespace RnnCompare.Cli.Tests.Architecture;

/// <summary>Finds the types that a type uses: in its signatures and in the code of its methods.</summary>
internal static class TypeUses
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Every type of the project that a type mentions; nothing for a type that is only named in comments.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(type.BaseType);
        AddAll(type.GetInterfaces());
        AddAll(type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()));
        AddAll(type.GetFields(Everything).Select(field => field.FieldType));
        foreach (var method in type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)))
        {
            AddAll(method.GetParameters().Select(parameter => parameter.ParameterType));
            Add((method as MethodInfo)?.ReturnType);
            if (method.GetMethodBody() is { } body)
            {
                AddAll(body.LocalVariables.Select(local => local.LocalType));
                AddAll(InCode(method, body.GetILAsByteArray()!));
            }
        }

        return found;

        void AddAll(IEnumerable<Type?> types)
        {
            foreach (var each in types)
            {
                Add(each);
            }
        }

        void Add(Type? used)
        {
            while (used?.HasElementType == true)
            {
                used = used.GetElementType();
            }

            if (used is null || used.IsGenericParameter)
            {
                return;
            }

            AddAll(used.GetGenericArguments());
            if (used.Namespace?.Split('.')[0] == nameof(RnnCompare))
            {
                found.Add(used.IsGenericType ? used.GetGenericTypeDefinition() : used);
            }
        }
    }

    // Walks the instructions; only those whose operand is a token of the metadata name a type or a member.
    private static IEnumerable<Type?> InCode(MethodBase method, byte[] code)
    {
        var ofType = method.DeclaringType!.GetGenericArguments();
        var ofMethod = method.IsGenericMethodDefinition ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var instruction = Codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod);
                yield return member as Type ?? member!.DeclaringType;
                foreach (var argument in member is MethodInfo { IsGenericMethod: true } called ? called.GetGenericArguments() : [])
                {
                    yield return argument;
                }
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
