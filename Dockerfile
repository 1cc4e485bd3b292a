# A grid node. Its jar is built first: mvn package
FROM eclipse-temurin:17-jre

RUN useradd --system --no-create-home --shell /usr/sbin/nologin grid

WORKDIR /app
COPY config/jvm-opens.args ./
COPY target/ignite-task-runner-*-node.jar node.jar
# Classes and jars in this folder are on the class path of the node. These are the examples.
COPY target/classes/io/github/ignitetasks/examples classpath/io/github/ignitetasks/examples

USER grid

# A container listens on the networks that it is given.
ENV IGNITE_TASKS_HOST=0.0.0.0

HEALTHCHECK --interval=5s --timeout=10s --start-period=60s --retries=3 \
    CMD ["java", "-XX:TieredStopAtLevel=1", "-jar", "node.jar", "--health", "--status-file=/tmp/node.status"]

# With -cp and not -jar, which would ignore the folder of classes.
ENTRYPOINT ["java", "@jvm-opens.args", "-XX:MaxRAMPercentage=40", "-cp", "node.jar:classpath:classpath/*"]
CMD ["io.github.ignitetasks.node.GridNode", "--status-file=/tmp/node.status"]
