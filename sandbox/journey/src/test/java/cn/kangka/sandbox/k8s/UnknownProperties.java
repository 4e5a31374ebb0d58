package cn.kangka.sandbox.k8s;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds what a manifest says and Kubernetes' model doesn't know. */
final class UnknownProperties {
    private UnknownProperties() {}

    static List<String> of(Object resource) {
        List<String> found = new ArrayList<>();
        collect(resource, found);
        return found;
    }

    private static void collect(Object value, List<String> found) {
        if (value instanceof Collection<?> list) {
            list.forEach(each -> collect(each, found));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> collect(each, found));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            collectModel(value, found);
        }
    }

    private static void collectModel(Object model, List<String> found) {
        for (Method method : model.getClass().getMethods()) {
            if (method.getParameterCount() == 0 && method.getName().startsWith("get")) {
                Object value = call(model, method);
                if (method.getName().equals("getAdditionalProperties")) {
                    ((Map<?, ?>) value).keySet().forEach(key -> found.add(key.toString()));
                } else if (!(value instanceof Enum<?>)) {
                    collect(value, found);
                }
            }
        }
    }

    private static Object call(Object model, Method method) {
        try {
            return method.invoke(model);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method.toString(), e);
        }
    }
}
