using System.Buffers;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>What one rendering needs: the message, variables, where it writes, and what it may still cost.</summary>
internal sealed class TemplateFrame(ITemplateContext context, IBufferWriter<byte> output, TemplateLimits limits, CelFrame cost, int slots, int loops)
{
    private int _written;
    private int _iterations;

    public ITemplateContext Context { get; } = context;

    /// <summary>For functions that expressions have as well.</summary>
    public CelFrame Cost { get; } = cost;

    public CelValue[] Variables { get; } = new CelValue[slots];

    /// <summary>The loops that are under way, by their depth.</summary>
    public TemplateLoop[] Loops { get; } = new TemplateLoop[loops];

    public string? Error { get; private set; }

    /// <summary>For writing a statement like <c>return frame.Fail(…)</c>.</summary>
    public bool Fail(int line, string message)
    {
        Error = $"line {line}: {message}";
        return false;
    }

    public bool TryWrite(int line, ReadOnlySpan<byte> text)
    {
        if (text.Length > limits.MaxOutput - _written)
            return Fail(line, $"more than {limits.MaxOutput} bytes would be written");
        if (!Cost.ChargeText(text.Length))
            return Fail(line, CelErrors.Exhausted.Error!.Message);
        output.Write(text);
        _written += text.Length;
        return true;
    }

    public bool TryIterate(int line) =>
        ++_iterations <= limits.MaxIterations || Fail(line, $"loops turn more than {limits.MaxIterations} times");

    public bool TryCharge(int line, int units) => Cost.Charge(units) || Fail(line, CelErrors.Exhausted.Error!.Message);
}
