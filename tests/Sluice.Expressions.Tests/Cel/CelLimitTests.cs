using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Tests.Cel;

public sealed class CelLimitTests
{
    private const string Costly = "the evaluation costs more than is allowed";

    [Fact]
    public void TryCompile_TooLong_IsRefused() => AssertRefused(new string(' ', 20_000) + "true", "at most 16384 are allowed");

    [Fact]
    public void TryCompile_TooDeep_IsRefused() => AssertRefused(new string('(', 8_000), "nested too deeply: at most 128");

    [Fact]
    public void TryCompile_TooManyNegations_IsRefused() => AssertRefused(new string('!', 8_000) + "connection.mtls", "nested too deeply: at most 128");

    [Fact]
    public void TryCompile_LongChainOfSums_IsRefused() => AssertRefused(string.Join('+', Enumerable.Repeat("1", 200)), "nested too deeply: at most 128");

    [Fact]
    public void TryCompile_TooManyParts_IsRefused() => AssertRefused($"[{string.Join(',', Enumerable.Repeat("1", 5_000))}] == []", "too large: at most 4096");

    [Fact]
    public void TryCompile_ComprehensionsTooDeep_IsRefused() =>
        AssertRefused(string.Concat(Enumerable.Repeat("names.map(x, ", 9)) + "1" + new string(')', 9) + " == []", "at most 8 may be within each other");

    [Fact]
    public void TryCompile_LongChainOfConditions_IsFine()
    {
        var program = CelProgram.TryCompile(string.Join(" || ", Enumerable.Repeat("request.size == 1", 700)), TestVariables.Environment, CelType.Bool, out _);

        Assert.False(program!.IsTrue(new TestVariables(), out var error));
        Assert.Null(error);
    }

    [Theory]
    [InlineData("[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, request.size > 0)))))")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10].map(a, [1,2,3,4,5,6,7,8,9,10].map(b, [1,2,3,4,5,6,7,8,9,10].map(c, [1,2,3,4,5,6,7,8,9,10].map(d, [1,2,3,4,5,6,7,8,9,10].map(e, 'abc' + request.path))))) == []")]
    [InlineData("true || [1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, request.path.matches('a' + 'b' + request.method))))")]
    [InlineData("size(request.path.replace('', request.path).replace('', request.path).replace('', request.path).replace('', request.path).replace('', request.path)) > 1")]
    [InlineData("request.path.matches(request.path) && request.path.matches(request.path) && request.path.matches(request.path) && request.path.matches(request.path) && request.path.matches(request.path)")]
    public void Evaluate_BlowsUp_IsAnErrorSoon(string expression)
    {
        var program = CelProgram.TryCompile(expression, TestVariables.Environment, CelType.Bool, out var problem);
        Assert.True(program is not null, problem?.ToString());
        if (expression.StartsWith("true", StringComparison.Ordinal))
        {
            Assert.True(program.IsTrue(new TestVariables(), out _));
            return;
        }

        Assert.False(program.IsTrue(new TestVariables(), out var error));
        Assert.Equal(Costly, error?.Message);
    }

    [Fact]
    public void Evaluate_CostlyOperandBesideTrue_IsAnErrorStill()
    {
        var program = CelProgram.TryCompile("names.all(a, names.all(b, request.size > 0)) && false || true", TestVariables.Environment, CelType.Bool, out _, new CelLimits { MaxCost = 10 });

        Assert.False(program!.IsTrue(new TestVariables(), out var error));
        Assert.Equal(Costly, error?.Message);
    }

    [Fact]
    public void Evaluate_AfterOneThatFailed_StartsAnew()
    {
        var costly = CelProgram.TryCompile("names.map(a, names.map(b, a + b)) == []", TestVariables.Environment, CelType.Bool, out _, new CelLimits { MaxCost = 10 });
        var cheap = CelProgram.TryCompile("names.exists(a, a == 'bob')", TestVariables.Environment, CelType.Bool, out _);

        Assert.False(costly!.IsTrue(new TestVariables(), out _));
        Assert.True(cheap!.IsTrue(new TestVariables(), out _));
    }

    private static void AssertRefused(string expression, string message)
    {
        Assert.Null(CelProgram.TryCompile(expression, TestVariables.Environment, CelType.Bool, out var error));
        Assert.Contains(message, error!.Message, StringComparison.Ordinal);
    }
}
