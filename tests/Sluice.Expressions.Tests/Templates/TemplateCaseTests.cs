using Sluice.Expressions.Templates;

namespace Sluice.Expressions.Tests.Templates;

/// <summary>What templates make of a message, by the documentation of Jinja and MiniJinja.</summary>
public sealed class TemplateCaseTests
{
    private const string Json = """
        {"name":"Ada","age":36,"tags":["b","a","c"],"user":{"id":7,"mail":"a@b.c"},"empty":[],"none":null,"ok":true,"pi":3.14,
        "people":[{"n":"x","a":2},{"n":"y","a":1},{"n":"z"}],"text":"Grüße, \"Welt\"\n"}
        """;

    [Theory]
    [InlineData("plain { text } % #", "plain { text } % #")]
    [InlineData("{{ name }}-{{ user.id }}-{{ user['mail'] }}", "Ada-7-a@b.c")]
    [InlineData("{{ context().name }} {{ tags[0] }} {{ tags[-1] }} {{ tags.1 }}", "Ada b c a")]
    [InlineData("[{{ nothing }}][{{ nothing.deep.er }}][{{ none }}][{{ ok }}][{{ pi }}]", "[][][none][true][3.14]")]
    [InlineData("{{ tags }} {{ user }}", "[\"b\",\"a\",\"c\"] {\"id\":7,\"mail\":\"a@b.c\"}")]
    [InlineData("a {# no #} b{#- no -#}  c", "a  bc")]
    [InlineData("x\n  {%- if ok -%}\n y \n{%- endif %}\nz", "xy\nz")]
    [InlineData("one\n", "one")]
    [InlineData("{% raw %}{{ name }}{% endraw %}", "{{ name }}")]
    [InlineData("{% if age > 40 %}old{% elif age > 30 %}mid{% else %}young{% endif %}", "mid")]
    [InlineData("{% for t in tags %}{{ loop.index }}{{ t }}{% if not loop.last %},{% endif %}{% endfor %}", "1b,2a,3c")]
    [InlineData("{% for t in empty %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% for p in people if p.a %}{{ p.n }}{{ loop.length }}{% endfor %}", "x2y2")]
    [InlineData("{% for k, v in user %}{{ k }}={{ v }};{% endfor %}", "id=7;mail=a@b.c;")]
    [InlineData("{% for k, v in user|items %}{{ k }}={{ v }};{% endfor %}{% for k, v in user.items() %}{{ k }}{% endfor %}", "id=7;mail=a@b.c;idmail")]
    [InlineData("{% for a in tags %}{% for b in [1, 2] %}{{ loop.depth }}{{ loop.cycle('-', '+') }}{% endfor %}{% endfor %}", "2-2+2-2+2-2+")]
    [InlineData("{% for t in tags %}{{ loop.previtem }}<{{ t }}>{{ loop.nextitem }} {% endfor %}", "<b>a b<a>c a<c> ")]
    [InlineData("{% set x = 1 %}{% for t in tags %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}", "2221")]
    [InlineData("{% set name = 'Bob' %}{{ name }}", "Bob")]
    [InlineData("{{ 'a' if ok else 'b' }}{{ 'a' if not ok }}", "a")]
    [InlineData("{{ 1 + 2 * 3 }} {{ 7 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 1.5 + 1 }} {{ 4 / 2 }}", "7 3.5 3 -4 2 1024 2.5 2.0")]
    [InlineData("{{ 'a' ~ 1 ~ none }} {{ 'a' + 'b' }} {{ 'ab' * 2 }} {{ [1] + [2] }}", "a1none ab abab [1,2]")]
    [InlineData("{{ 'a' in tags }} {{ 'z' not in tags }} {{ 'd' in 'Ada' }} {{ 'id' in user }} {{ 1 == 1.0 }} {{ 'a' < 'b' }}", "true true true true true true")]
    [InlineData("{{ ok and name }} {{ none or 'x' }} {{ not ok }}", "Ada x false")]
    [InlineData("{{ tags[1:] }} {{ tags[:1] }} {{ tags[::-1] }} {{ name[0:2] }} {{ 'äöü'[1] }} {{ 'äöü'[::-1] }}", "[\"a\",\"c\"] [\"b\"] [\"c\",\"a\",\"b\"] Ad ö üöä")]
    [InlineData("{{ name | upper | lower | capitalize }} {{ 'two words'|title }}", "Ada Two Words")]
    [InlineData("{{ '  x '|trim }}|{{ 'xxaxx'|trim('x') }}|{{ 'a-b'|replace('-', '+') }}|{{ 'a,b,c'|split(',')|join(';') }}|{{ 'a b  c'|split }}", "x|a|a+b|a;b;c|[\"a\",\"b\",\"c\"]")]
    [InlineData("{{ nothing|default('d') }} {{ ''|default('e', true) }} {{ name|d('x') }} {{ nothing|length }} {{ tags|length }} {{ 'äö'|count }}", "d e Ada 0 3 2")]
    [InlineData("{{ tags|first }} {{ tags|last }} {{ tags|sort|join }} {{ tags|reverse|join }} {{ [1,1,2]|unique|join }} {{ [3,1,2]|sort(reverse=true)|join }}", "b c abc cab 12 321")]
    [InlineData("{{ people|map(attribute='n')|join(',') }} {{ people|map(attribute='a', default=0)|sum }} {{ tags|map('upper')|join }} {{ people|selectattr('a')|map(attribute='n')|join }}", "x,y,z 3 BAC xy")]
    [InlineData("{{ [1,2,3]|select('odd')|join }} {{ [1,2,3]|reject('odd')|join }} {{ people|selectattr('a', 'gt', 1)|map(attribute='n')|join }} {{ people|rejectattr('a')|map(attribute='n')|join }}", "13 2 x z")]
    [InlineData("{{ '42'|int + 1 }} {{ 'x'|int(7) }} {{ '1.5'|float }} {{ -3|abs }} {{ 2.567|round(2) }} {{ 2.5|round }} {{ 3.9|int }}", "43 7 1.5 3 2.57 3.0 3")]
    [InlineData("{{ user|keys }} {{ user|values }} {{ {'b':1,'a':2}|dictsort }} {{ [1,2]|max }}{{ [1,2]|min }}", "[\"id\",\"mail\"] [7,\"a@b.c\"] [[\"a\",2],[\"b\",1]] 21")]
    [InlineData("{{ text|tojson }} {{ raw_string(text) }} {{ 'a b&ü/'|urlencode }} {{ '<a>'|escape }}", "\"Grüße, \\\"Welt\\\"\\n\" Grüße, \\\"Welt\\\"\\n a%20b%26%C3%BC/ &lt;a&gt;")]
    [InlineData("{{ name is defined }} {{ nothing is undefined }} {{ none is none }} {{ name is string }} {{ age is number }} {{ user is mapping }} {{ tags is iterable }}", "true true true true true true true")]
    [InlineData("{{ age is even }} {{ age is odd }} {{ age is divisibleby 3 }} {{ 'a' is in tags }} {{ age is not defined }} {{ name is startingwith('A') }} {{ ok is true }}", "true false true true false true true")]
    [InlineData("{{ header('x-a') }}|{{ header('X-None') }}|{{ header(':path') }}|{{ request_header('h') }}|{{ get_cookie('c') }}|{{ get_cookie_i('C') }}", "one||/p?q=1|request h|c|C in any case")]
    [InlineData("{{ base64_encode('hé') }} {{ base64_decode('aMOp') }} {{ base64url_encode('??>') }} {{ base64url_decode('Pz8-') }} [{{ base64_decode('no base64!') }}]", "aMOp hé Pz8- ??> []")]
    [InlineData("{{ substring('héllo', 1, 3) }}|{{ substring('abc', 1) }}|{{ substring('abc', 9) }}|{{ substring('abc', 0, 99) }}", "éll|bc||abc")]
    [InlineData("{{ replace_with_random('a-b-a', 'a') }} {{ replace_with_string('a-b', '-', '+') }}", "RANDOM-b-RANDOM a+b")]
    [InlineData("{% for i in range(3) %}{{ i }}{% endfor %}{{ range(1, 9, 4)|join(' ') }}{{ range(3, 0, -1)|join }}", "0121 5321")]
    [InlineData("{{ {'a': [1, {'b': 2}]} }} {{ {'a': {'b': 2}}['a'].b }}", "{\"a\":[1,{\"b\":2}]} 2")]
    [InlineData("{{ \"q\\\"\\n\\u00e4\" }}", "q\"\nä")]
    [InlineData("{{ 'a\nb'|lines|length }} {{ 'a\nb'|indent(2) }}", "2 a\n  b")]
    public void Render_GivesWhatJinjaGives(string template, string expected) => Assert.Equal(expected, TestMessage.Render(template, Json));

    [Theory]
    [InlineData("a\n{{ nam", "line 2, column 7: the template ends within braces: \"}}\" is missing")]
    [InlineData("{% if x %}", "line 1, column 4: {% if %} is not closed: {% endif %} is missing")]
    [InlineData("{% endfor %}", "line 1, column 4: there is no tag \"endfor\": it belongs to a {% for %}, and there is none open here")]
    [InlineData("{% include 'x' %}", "line 1, column 4: there is no tag \"include\": it is not supported; there are if, for, set and raw")]
    [InlineData("{{ x|uper }}", "line 1, column 6: there is no filter \"uper\": did you mean \"upper\"?")]
    [InlineData("{{ x is defind }}", "line 1, column 9: there is no test \"defind\": did you mean \"defined\"?")]
    [InlineData("{{ upper(x) }}", "line 1, column 4: there is no function \"upper\": it is a filter, write value | upper")]
    [InlineData("{{ x.upper() }}", "line 1, column 6: values have no method \"upper\": filters do such things, as in value | upper")]
    [InlineData("{{ header() }}", "line 1, column 4: the function \"header\" needs \"name\"")]
    [InlineData("{{ header('a', 'b') }}", "line 1, column 16: the function \"header\" takes at most 1 arguments")]
    [InlineData("{{ 'abc }}", "line 1, column 4: the string is not closed: ' is missing")]
    [InlineData("{{ a b }}", "line 1, column 6: \"b\" is not expected here: an operator or the end of the braces must follow")]
    [InlineData("{{ 99999999999999999999 }}", "line 1, column 4: the number is too large: at most 9223372036854775807")]
    [InlineData("{% for loop in x %}{% endfor %}", "line 1, column 8: \"loop\" is a word of the language and no name for a variable")]
    [InlineData("{% for x in y %}{{ loop.indx }}{% endfor %}", "line 1, column 25: a loop has no \"indx\": did you mean \"index\"?")]
    [InlineData("{# never", "line 1, column 1: the comment is not closed: \"#}\" is missing")]
    [InlineData("{{ env('SECRET') }}", "line 1, column 4: env() may not read \"SECRET\": no environment variables are allowed")]
    [InlineData("{{ 1 / 0 }}", "line 1: division by zero")]
    [InlineData("a\n{{ name - 1 }}", "line 2: \"-\" cannot be used between a string and a number")]
    [InlineData("{% for x in 5 %}{% endfor %}", "line 1: a number cannot be iterated over: a list, a map or a string is needed")]
    [InlineData("{{ 'x'|int }}", "line 1: the filter \"int\" makes no number of a string: give it a default, as in int(0)")]
    [InlineData("{{ 9223372036854775807 + 9223372036854775807 * 2 }}", "line 1: the result is out of the range of its type")]
    public void Error_NamesThePlaceAndWhatWouldBeRight(string template, string expected) =>
        Assert.Equal("error: " + expected, TestMessage.Render(template, Json));

    [Fact]
    public void Compile_SaysWhatItReads()
    {
        static (bool, bool) Uses(string source) => Template.TryCompile(source, TemplateSettings.Default, out _) is { } template ? (template.UsesBody, template.UsesJson) : throw new InvalidOperationException();

        Assert.Equal((false, false), Uses("{{ header('a') }}{% set x = 1 %}{{ x }}"));
        Assert.Equal((true, false), Uses("{{ body() }}"));
        Assert.Equal((false, true), Uses("{{ name }}"));
        Assert.Equal((false, true), Uses("{{ context() }}"));
    }
}
