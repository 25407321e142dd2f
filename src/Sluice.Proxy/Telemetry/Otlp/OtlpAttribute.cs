using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>
/// A value of a log record's attributes, compiled (common.proto, AnyValue): an operator that is a number becomes an integer, objects
/// and lists stay what they are.
/// </summary>
internal sealed class OtlpAttribute
{
    private const int StringValue = 1;
    private const int BoolValue = 2;
    private const int IntValue = 3;
    private const int DoubleValue = 4;
    private const int ArrayValue = 5;
    private const int KeyValues = 6;

    private readonly byte[] _constant; // An AnyValue that never changes.
    private readonly LogStep[] _steps;
    private readonly bool _isSingle;
    private readonly bool _isNumber;
    private readonly (byte[] Name, OtlpAttribute Value)[]? _members;
    private readonly OtlpAttribute[]? _items;

    public OtlpAttribute(FormatNode node, CapturePlan plan)
    {
        _constant = [];
        _steps = [];
        switch (node)
        {
            case FormatText text:
                _steps = LogCompiler.Compile(text.Segments, plan);
                _isSingle = text.Single is not null;
                _isNumber = text.Single is { IsNumber: true };
                break;
            case FormatObject members:
                _members = [.. members.Members.Select(member => (Encoding.UTF8.GetBytes(member.Key), new OtlpAttribute(member.Value, plan)))];
                break;
            case FormatList list:
                _items = [.. list.Items.Select(item => new OtlpAttribute(item, plan))];
                break;
            case FormatConstant constant:
                _constant = Constant(constant.Json);
                break;
        }
    }

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<(byte[] Name, OtlpAttribute Value)> Members => _members ?? [];

    /// <summary>Nothing is said of a value that there is not.</summary>
    public bool IsThere(RequestRecord record, OperatorValues values) => !_isSingle || OtlpValues.HasAll(_steps, record, values);

    /// <summary>Writes an AnyValue, as the field of the message around it.</summary>
    public void Write(ref ProtobufWriter writer, int field, RequestRecord record, OperatorValues values)
    {
        var any = writer.Begin(field);
        writer.Raw(_constant);
        if (_isNumber)
        {
            WriteNumber(ref writer, record, values);
        }
        else if (_steps.Length > 0)
        {
            var text = writer.Begin(StringValue);
            OtlpValues.WriteText(ref writer, _steps, record, values);
            writer.End(text);
        }
        else if (_members is not null)
        {
            var list = writer.Begin(KeyValues);
            foreach (var (name, value) in _members)
                WriteMember(ref writer, 1, name, value, record, values);
            writer.End(list);
        }
        else if (_items is not null)
        {
            var list = writer.Begin(ArrayValue);
            foreach (var item in _items)
                item.Write(ref writer, 1, record, values);
            writer.End(list);
        }

        writer.End(any);
    }

    /// <summary>Writes a KeyValue, unless its value is absent.</summary>
    public static void WriteMember(ref ProtobufWriter writer, int field, byte[] name, OtlpAttribute value, RequestRecord record, OperatorValues values)
    {
        if (!value.IsThere(record, values))
            return;
        var member = writer.Begin(field);
        writer.Bytes(1, name);
        value.Write(ref writer, 2, record, values);
        writer.End(member);
    }

    private void WriteNumber(ref ProtobufWriter writer, RequestRecord record, OperatorValues values)
    {
        Span<byte> scratch = stackalloc byte[OperatorValues.ScratchSize];
        if (values.TryGet(_steps[0], record, scratch, out var digits) && System.Buffers.Text.Utf8Parser.TryParse(digits, out long number, out _))
            writer.Number(IntValue, number);
    }

    private static byte[] Constant(string json)
    {
        using var document = JsonDocument.Parse(json);
        var element = document.RootElement;
        var writer = new ProtobufWriter(new byte[json.Length + 32]);
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
            writer.Number(BoolValue, element.GetBoolean() ? 1 : 0);
        else if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var integer))
            writer.Number(IntValue, integer);
        else if (element.ValueKind == JsonValueKind.Number)
            writer.Fixed64(DoubleValue, BitConverter.DoubleToUInt64Bits(double.Parse(json, CultureInfo.InvariantCulture)));
        var bytes = new byte[writer.Length];
        writer.CopyTo(bytes);
        return bytes;
    }
}
