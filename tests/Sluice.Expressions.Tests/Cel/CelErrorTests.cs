using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Tests.Cel;

/// <summary>What is wrong is said at its place, with what would be right.</summary>
public sealed class CelErrorTests
{
    [Theory]
    [InlineData("", 1, 1, "the expression is empty: write a condition such as request.method == \"GET\"")]
    [InlineData("  // nothing", 1, 1, "the expression is empty: write a condition such as request.method == \"GET\"")]
    [InlineData("1 +", 1, 4, "a value is expected here, not the end")]
    [InlineData("1 2", 1, 3, "\"2\" is not expected here: an operator or the end must follow")]
    [InlineData("(1 + 2", 1, 7, "\")\" is expected here to close the \"(\", not the end")]
    [InlineData("[1, 2", 1, 6, "\"]\" is expected here to close the list, not the end")]
    [InlineData("{'a' 1}", 1, 6, "\":\" is expected here between a key and its value, not \"1\"")]
    [InlineData("true ? 1", 1, 9, "\":\" is expected here to separate the two outcomes of \"?\", not the end")]
    [InlineData("true &&\n  @", 2, 3, "\"@\" means nothing outside of a string")]
    [InlineData("request.method = 'GET'", 1, 16, "\"=\" is no operator: compare with \"==\"")]
    [InlineData("true & false", 1, 6, "\"&\" is no operator: write \"&&\"")]
    [InlineData("'abc", 1, 1, "the string is not closed: ' is missing")]
    [InlineData("\"a\nb\"", 1, 1, "the string is not closed: \" is missing")]
    [InlineData(@"'\d'", 1, 2, "\"\\d\" is no escape: write \"\\\\\" for a backslash, or a raw string r\"…\"")]
    [InlineData(@"'\xg1'", 1, 2, "\"\\x\" must be followed by 2 hexadecimal digits")]
    [InlineData(@"'\ud800'", 1, 2, "the escape names no Unicode character")]
    [InlineData("9223372036854775808", 1, 1, "the number is too large for an int: at most 9223372036854775807 (a uint ends with \"u\")")]
    [InlineData("18446744073709551616u", 1, 1, "the number is too large for a uint: at most 18446744073709551615u")]
    [InlineData("1e", 1, 1, "the exponent of a number must have digits, as in 1e3")]
    [InlineData("1x", 1, 2, "an operator must stand between the number and \"x\"")]
    [InlineData("for", 1, 1, "\"for\" is a reserved word and cannot be a name")]
    [InlineData("request.", 1, 9, "a field's name must follow \".\", not the end; other keys are written [\"…\"]")]
    [InlineData("jwt.?sub", 1, 5, "optional values are not supported: test with has(…)")]
    [InlineData("Thing{a: 1}", 1, 6, "messages cannot be constructed here: write a map, as in {\"key\": value}")]
    [InlineData("size('a',)", 1, 9, "an argument must follow the \",\"")]
    [InlineData("requst.method", 1, 1, "there is no variable \"requst\": did you mean \"request\"?")]
    [InlineData("request.metod == 'GET'", 1, 9, "\"request\" has no attribute \"metod\": did you mean \"method\"?")]
    [InlineData("source.zone", 1, 8, "\"source\" has no attribute \"zone\"; there are: address, port")]
    [InlineData("source == 'x'", 1, 1, "\"source\" is a group of attributes and no value: name one of them, as in source.address")]
    [InlineData("request.method.startWith('G')", 1, 16, "there is no method \"startWith\": did you mean \"startsWith\"?")]
    [InlineData("startsWith(request.method, 'G')", 1, 1, "there is no function \"startsWith\": it is a method, write value.startsWith(…)")]
    [InlineData("request.method.cidr()", 1, 16, "there is no method \"cidr\": it is a function, write cidr(…)")]
    [InlineData("request.method.startsWith(1)", 1, 16, "there is no string.startsWith(int); there is: string.startsWith(string)")]
    [InlineData("request.method == 1", 1, 16, "\"==\" cannot compare string with int: convert one, as in string(…)")]
    [InlineData("request.size == 1u", 1, 14, "\"==\" cannot compare int with uint: convert one, as in int(…)")]
    [InlineData("request.size == null", 1, 14, "\"==\" cannot compare int with null_type: test with has(…) whether there is a value")]
    [InlineData("request.size + 1.5", 1, 14, "\"+\" cannot be applied to int and double: convert one, as in int(…)")]
    [InlineData("-request.method", 1, 1, "\"-\" cannot be applied to a value of type string")]
    [InlineData("request.method < 1", 1, 16, "\"<\" cannot order string and int: both must be numbers, strings, bytes, bools, timestamps or durations")]
    [InlineData("request.method && true", 1, 9, "an operand of \"&&\" must be a bool, not a value of type string")]
    [InlineData("'a' ? 1 : 2", 1, 1, "the condition before \"?\" must be a bool, not a value of type string")]
    [InlineData("true ? 1 : 'a'", 1, 6, "both outcomes of \"?\" must have the same type, not int and string: convert one, or write dyn(…) around one")]
    [InlineData("request.headers[1]", 1, 16, "keys of this map have type string, not int")]
    [InlineData("names['a']", 1, 6, "an element of a list is chosen by an int, not by a value of type string")]
    [InlineData("request.method.x", 1, 16, "a value of type string has no field 'x'")]
    [InlineData("request.method[0]", 1, 15, "a value of type string has no elements: only lists and maps have")]
    [InlineData("'G' in request.method", 1, 5, "\"in\" needs a list or a map on its right, not a value of type string: write text.contains(part)")]
    [InlineData("1 in names", 1, 3, "a value of type int is in no list of string")]
    [InlineData("has(request)", 1, 1, "has() asks for one field, as in has(request.headers.authorization); for other keys write \"x-name\" in request.headers")]
    [InlineData("names.all(1, true)", 1, 7, "all() needs a variable and a condition, as in list.all(x, x.startsWith(\"a\"))")]
    [InlineData("names.all(n, n)", 1, 14, "the condition of all() must be a bool, not a value of type string")]
    [InlineData("request.size.map(x, x)", 1, 14, "map() goes over a list or the keys of a map, not over a value of type int")]
    [InlineData("{1.5: 2}", 1, 2, "a key of a map is a bool, int, uint or string, not a value of type double")]
    [InlineData("request.path.matches('(')", 1, 14, "the pattern of matches() is no regular expression that can be used: \"(\" without \")\" (at its character 1)")]
    [InlineData("request.path.matches('a)(b')", 1, 14, "the pattern of matches() is no regular expression that can be used: \")\" without \"(\" (at its character 2)")]
    [InlineData("cidr('10.0.0.0/33')", 1, 1, "the text is no range of addresses: write CIDR notation, as in 10.0.0.0/8")]
    [InlineData("timestamp('yesterday')", 1, 1, "the text is no timestamp: write RFC 3339, as in 2025-01-31T10:00:00Z")]
    [InlineData("request.time.getHours('Mars/Olympus')", 1, 23, "there is no time zone \"Mars/Olympus\": write UTC, an offset such as +02:00, or a name such as Europe/Berlin")]
    [InlineData("request.method", 1, 9, "the expression must give a value of type bool, not string")]
    public void TryCompile_WrongExpression_SaysWhereAndWhat(string expression, int line, int column, string message)
    {
        var program = CelProgram.TryCompile(expression, TestVariables.Environment, CelType.Bool, out var error);

        Assert.Null(program);
        Assert.NotNull(error);
        Assert.Equal((line, column, message), (error.Line, error.Column, error.Message));
    }

    [Theory]
    [InlineData("jwt.nobody", "no such key: jwt has no 'nobody'")]
    [InlineData("jwt.nested.nobody", "no such key: 'nobody'")]
    [InlineData("missing", "missing has no value here")]
    [InlineData("1 / request.size * 0 + 1 / (request.size - 1500)", "division by zero")]
    [InlineData("jwt.sub + 1", "no such overload: + of values of these types")]
    [InlineData("jwt.sub.matches(dyn('a{'+'2000}'))", "the pattern is no regular expression: something is repeated more than 1000 times")]
    public void Evaluate_WhatCannotBe_IsAnErrorThatSaysWhy(string expression, string message)
    {
        var program = CelProgram.TryCompile(expression, TestVariables.Environment, null, out _);

        Assert.Equal(message, program!.Evaluate(new TestVariables()).Error?.Message);
    }

    [Fact]
    public void IsTrue_NoBool_IsFalseWithAReason()
    {
        var program = CelProgram.TryCompile("jwt.sub", TestVariables.Environment, CelType.Bool, out _);

        Assert.False(program!.IsTrue(new TestVariables(), out var error));
        Assert.Equal("no such overload: a condition must be a bool", error?.Message);
    }
}
