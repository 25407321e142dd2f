using System.Collections.Frozen;

namespace Sluice.Expressions.Cel;

/// <summary>All functions and operators, by name.</summary>
internal static class CelFunctions
{
    private static readonly FrozenDictionary<(string Name, bool IsMethod), CelOverload[]> ByName =
        ArithmeticFunctions.All.Concat(ConversionFunctions.All).Concat(TextFunctions.All).Concat(TextPartFunctions.All).Concat(ListFunctions.All).Concat(TimeFunctions.All)
            .Concat(MathFunctions.All).Concat(NetworkFunctions.All).Concat(EncodingFunctions.All)
            .GroupBy(overload => (overload.Name, overload.IsMethod)).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Empty when there is no such function.</summary>
    public static CelOverload[] Find(string name, bool isMethod) => ByName.GetValueOrDefault((name, isMethod), []);

    public static IEnumerable<string> Names(bool isMethod) => ByName.Keys.Where(key => key.IsMethod == isMethod && char.IsAsciiLetter(key.Name[0])).Select(key => key.Name);
}
