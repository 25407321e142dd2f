namespace Sluice.Expressions.Cel;

/// <summary>A variable of a comprehension and those around it.</summary>
internal sealed record CelScope(string Name, CelType Type, int Slot, CelScope? Outer)
{
    public static CelScope? Find(CelScope? scope, string name)
    {
        while (scope is not null && scope.Name != name)
            scope = scope.Outer;
        return scope;
    }
}
