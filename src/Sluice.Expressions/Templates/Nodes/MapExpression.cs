using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

internal sealed class MapExpression(TemplateExpression[] keys, TemplateExpression[] values) : TemplateExpression
{
    public override CelValue Evaluate(TemplateFrame frame)
    {
        var map = new CelDictionary();
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i].Evaluate(frame);
            if (key.IsError)
                return key;
            if (!CelKeyComparer.IsKey(key.Kind))
                return CelErrors.UnsupportedKey;
            var value = values[i].Evaluate(frame);
            if (value.IsError)
                return value;
            map.Set(key, value);
        }
        return CelValue.Of(map);
    }
}
