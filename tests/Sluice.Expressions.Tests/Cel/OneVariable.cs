using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Tests.Cel;

internal sealed class OneVariable(CelValue value) : ICelVariables
{
    public static readonly CelEnvironment Environment = new(("value", CelType.String));

    public CelValue Get(int attribute) => value;

    public CelValue GetEntry(int attribute, ReadOnlySpan<byte> key) => CelValue.Absent;
}
